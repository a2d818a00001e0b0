"""Real runs of a night, of every type: who is mailed, what a failed source costs, and what the run says about it."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from include.kpis import stored
from include.kpis.gate.finding import Finding, table
from include.lake import Lake, partition
from tests.dags.tiny import Tiny
from tests.delivery.conftest import Kept, server  # noqa: F401 a fixture

ROOT = Path(__file__).parents[2]
DAY = date(2026, 10, 30)
START = datetime(2026, 10, 30, 4, tzinfo=UTC)  # 05:00 in Madrid, winter time
INTERVAL = (START, START + timedelta(days=1))
AFTER = datetime(2026, 11, 1, 12, tzinfo=UTC)
REPORTS = frozenset({"score", "render"})
"""Tasks that stand in here: the reports are there already."""


@pytest.fixture(scope="module", autouse=True)
def database() -> None:
    from airflow.utils.db import initdb

    initdb()


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Kept) -> Tiny:  # noqa: F811
    """The tiny company, its files dropped, its reports published, and a mail server behind its connection."""
    made = Tiny(tmp_path)
    made.configure(ROOT / "config")
    made.publish(DAY)
    for region in ("north", "south"):
        made.drop(region, DAY, AFTER)
    extra = {"from_email": "corong@example.com", "disable_ssl": True, "disable_tls": True, "timeout": 2}
    connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": server.port, "extra": extra}
    for name, value in (made.settings | {"AIRFLOW_CONN_MAILBOX": json.dumps(connection)}).items():
        monkeypatch.setenv(name, value)
    return made


@pytest.fixture
def night(tiny: Tiny) -> Any:
    """The Dag of the tiny company's only night."""
    assert tiny.root.is_dir()
    from tests.dags import running

    return running.read_dags(ROOT / "dags")["nightly_report_only"]


@pytest.fixture
def running(night: Any) -> Iterator[Any]:
    """The module that makes runs, and the database without this Dag's runs afterwards."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session

    from tests.dags import running as module

    yield module
    with create_session() as session:
        for run in session.query(DagRun).filter(DagRun.dag_id == night.dag_id):
            session.delete(run)


def mailed(server: Kept) -> list[str]:  # noqa: F811
    return sorted(address for recipients, _ in server.messages for address in recipients)


EVERYBODY = ["north@example.com", "south@example.com", "whole@example.com"]
DELIVER = {f"report.deliver_{index}" for index in range(3)}


def test_a_scheduled_run_mails(running: Any, night: Any, server: Kept) -> None:  # noqa: F811
    run_id = running.scheduled(night, *INTERVAL)
    states = running.run(night, run_id, REPORTS)
    assert set(states.values()) == {"success"}
    assert mailed(server) == EVERYBODY
    assert running.state_and_note(night, run_id) == ("success", "2026-10-30", "scheduled")


def test_a_backfill_mails_nobody_even_if_asked_to(running: Any, night: Any, server: Kept) -> None:  # noqa: F811
    [run_id] = running.backfill(night, START, INTERVAL[1] - timedelta(seconds=1), {"deliver": True})
    states = running.run(night, run_id, REPORTS)
    assert {states.pop(name) for name in DELIVER} == {"skipped"}
    assert set(states.values()) == {"success"}
    assert server.messages == []
    assert running.state_and_note(night, run_id) == ("success", "2026-10-30", "backfill")


def test_a_scheduled_run_processed_again_by_a_backfill_mails_nobody(running: Any, night: Any, server: Kept) -> None:  # noqa: F811
    running.run(night, running.scheduled(night, *INTERVAL), REPORTS)
    server.messages.clear()
    [run_id] = running.backfill(night, START, INTERVAL[1] - timedelta(seconds=1), None)
    states = running.run(night, run_id, REPORTS)
    assert {states[name] for name in DELIVER} == {"skipped"}
    assert server.messages == []


@pytest.mark.parametrize(("deliver", "state"), [(True, "success"), (False, "skipped")])
def test_a_run_by_hand_mails_if_asked_to(running: Any, night: Any, server: Kept, deliver: bool, state: str) -> None:  # noqa: F811
    run_id = running.manual(night, None, None, {"day": "2026-10-30", "deliver": deliver})
    states = running.run(night, run_id, REPORTS)
    assert {states[name] for name in DELIVER} == {state}
    assert mailed(server) == (EVERYBODY if deliver else [])
    assert running.state_and_note(night, run_id)[:2] == ("success", "2026-10-30")


def test_one_day_run_twice_mails_once(running: Any, night: Any, server: Kept) -> None:  # noqa: F811
    for run_id in (
        running.scheduled(night, *INTERVAL),
        running.manual(night, None, None, {"day": "2026-10-30", "deliver": True}),
    ):
        assert running.run(night, run_id, REPORTS)["verdict"] == "success"
    assert mailed(server) == EVERYBODY


def test_a_backfill_with_a_day_fails_at_once_and_says_why(running: Any, night: Any, server: Kept) -> None:  # noqa: F811
    [run_id] = running.backfill(night, START, INTERVAL[1] - timedelta(seconds=1), {"day": "2026-10-14"})
    states = running.run(night, run_id, REPORTS)
    assert (states["choose_day"], states["land.files_0"], states["verdict"]) == ("failed", "upstream_failed", "failed")
    assert "a backfill takes its days from its range" in running.reason(night, run_id, "choose_day")
    assert "choose_day: a backfill takes its days from its range" in running.reason(night, run_id, "verdict")
    assert server.messages == []


def test_a_run_by_hand_without_a_day_fails_and_asks(running: Any, night: Any) -> None:
    run_id = running.manual(night, None, None, {})
    assert running.run(night, run_id, REPORTS)["choose_day"] == "failed"
    assert "fill in `day`" in running.reason(night, run_id, "choose_day")


def test_a_backfill_from_its_first_day_to_the_end_of_its_last_has_each_day_once(running: Any, night: Any) -> None:
    """As the form sends it when the browser shows the night's own zone: from midnight, to the end of the day."""
    first, last = datetime(2026, 10, 23, 22, tzinfo=UTC), datetime(2026, 10, 26, 22, 59, 59, tzinfo=UTC)
    runs = running.backfill(night, first, last, None)
    notes = []
    for run_id in runs:
        running.run(night, run_id, frozenset(task.task_id for task in night.tasks) - {"choose_day"})
        notes.append(running.state_and_note(night, run_id)[1])
    assert notes == ["2026-10-24", "2026-10-25", "2026-10-26"]  # the clocks went back on the 25th


def test_a_failed_source_holds_its_regions_and_the_others_are_mailed(
    tiny: Tiny,
    running: Any,
    night: Any,
    server: Kept,  # noqa: F811
) -> None:
    (tiny.root / "drop" / "north" / "ad_spend_daily.csv").unlink()
    run_id = running.scheduled(night, *INTERVAL)
    states = running.run(night, run_id, REPORTS)
    assert states == {
        "choose_day": "success",
        "land.files_0": "failed",
        "land.files_1": "success",
        "score": "success",
        "render_0": "success",
        "report.hold_0": "failed",
        "report.hold_1": "success",
        "report.hold_2": "failed",
        "report.deliver_0": "upstream_failed",
        "report.deliver_1": "success",
        "report.deliver_2": "upstream_failed",
        "verdict": "failed",
    }
    assert running.state_and_note(night, run_id)[0] == "failed"
    assert mailed(server) == ["south@example.com"]
    said = running.reason(night, run_id, "verdict")
    assert "land.files north_ads: north_ads, 2026-10-30: " in said
    assert "report.hold north: north_ads does not cover 2026-10-30" in said
    assert "report.hold company: north_ads does not cover 2026-10-30" in said
    assert "south" not in said


def test_a_file_that_came_before_the_day_was_over_holds(tiny: Tiny, running: Any, night: Any, server: Kept) -> None:  # noqa: F811
    tiny.drop("north", DAY, datetime(2026, 10, 30, 12, tzinfo=UTC))
    run_id = running.scheduled(night, *INTERVAL)
    states = running.run(night, run_id, REPORTS)
    assert (states["land.files_0"], states["report.hold_0"], states["report.hold_1"]) == (
        "success",
        "failed",
        "success",
    )
    assert mailed(server) == ["south@example.com"]


def keep_gate(tiny: Tiny, *findings: Finding) -> None:
    """What scoring the night found."""
    file = stored.file(tiny.root / "lake", "only", DAY, "gate")
    partition.write(file, partition.encode(table(findings)))


def test_a_held_region_is_mailed_once_by_a_later_good_run_of_the_day(
    tiny: Tiny,
    running: Any,
    night: Any,
    server: Kept,  # noqa: F811
) -> None:
    odd = Finding(
        "amounts", "hold", "ad_spend_daily", "north", "north_ads", "typical spend", DAY, DAY, found=1250, usual=12.5
    )
    keep_gate(tiny, odd)
    held = running.scheduled(night, *INTERVAL)
    states = running.run(night, held, REPORTS)
    assert {name: states[name] for name in ("report.hold_0", "report.deliver_0", "report.deliver_1", "verdict")} == {
        "report.hold_0": "failed",
        "report.deliver_0": "upstream_failed",
        "report.deliver_1": "success",
        "verdict": "failed",
    }
    said = running.reason(night, held, "verdict")
    assert "report.hold north: north_ads, 2026-10-30: ad_spend_daily in north: spend: the median amount" in said
    assert "100 times the usual 12.50" in said
    assert mailed(server) == ["south@example.com"]
    keep_gate(tiny)
    for _ in range(2):
        good = running.manual(night, None, None, {"day": "2026-10-30", "deliver": True})
        assert running.run(night, good, REPORTS)["verdict"] == "success"
    assert mailed(server) == EVERYBODY


def test_a_refused_recipient_turns_the_run_red_and_is_named(running: Any, night: Any, server: Kept) -> None:  # noqa: F811
    server.rcpt["north@example.com"] = "550 no such user"
    run_id = running.scheduled(night, *INTERVAL)
    states = running.run(night, run_id, REPORTS)
    assert (states["report.deliver_0"], states["report.deliver_1"], states["verdict"]) == (
        "failed",
        "success",
        "failed",
    )
    assert (
        "report.deliver north: north, 2026-10-30: 1 failed; north@example.com (en_US) failed: 550 no such user. Next: "
        in running.reason(night, run_id, "verdict")
    )


def test_a_mail_server_that_is_down_is_tried_again_later_and_mails_once(
    running: Any,
    night: Any,
    server: Kept,  # noqa: F811
) -> None:
    server.rcpt |= dict.fromkeys(EVERYBODY, "421 closing")
    run_id = running.scheduled(night, *INTERVAL)
    assert running.run(night, run_id, REPORTS)["report.deliver_0"] == "failed"
    assert "1 pending; north@example.com (en_US) pending: 421 closing" in running.reason(
        night, run_id, "report.deliver", 0
    )
    server.rcpt.clear()
    again = running.manual(night, None, None, {"day": "2026-10-30", "deliver": True})
    assert running.run(night, again, REPORTS)["verdict"] == "success"
    assert mailed(server) == EVERYBODY


def test_the_dag_runs_in_process_as_the_command_line_does_it(running: Any, night: Any, server: Kept) -> None:  # noqa: F811
    """What `make report` relies on: conf becomes params, the run's state tells, and tasks can stand in."""
    run = night.test(run_conf={"day": "2026-10-30", "deliver": True}, mark_success_pattern="score|render")
    assert running.state_and_note(night, run.run_id) == ("success", "2026-10-30", "manual")
    assert mailed(server) == EVERYBODY


def test_configuration_at_fault_fails_its_source_without_a_second_try(tiny: Tiny, running: Any, night: Any) -> None:
    """As a refused credential does; with its three retries the run would go on for minutes."""
    next(task for task in night.tasks if task.task_id == "land.files").retries = 3
    file = tiny.root / "config" / "sources.toml"
    file.write_text(file.read_text().replace("ad_spend_daily", "ad_spend_dialy", 1))
    run = night.test(run_conf={"day": "2026-10-30"}, mark_success_pattern="score|render|report.*")
    assert running.states(night, run.run_id)["land.files_0"] == "failed"
    assert "no landed table is called ad_spend_dialy" in running.reason(night, run.run_id, "verdict")


def test_the_history_loads_each_source_and_is_red_if_one_fails(tiny: Tiny, running: Any, server: Kept) -> None:  # noqa: F811
    history = running.read_dags(ROOT / "dags")["load_history"]
    (tiny.root / "drop" / "south" / "ad_spend_daily.csv").write_text("nonsense\n")
    run = history.test(run_conf={"from": "2026-10-01", "to": "2026-10-30"})
    assert run.state == "failed"
    assert running.states(history, run.run_id) == {"load.files_0": "success", "load.files_1": "failed"}
    assert "south_ads, 2026-10-01..2026-10-30: " in running.reason(history, run.run_id, "load.files", 1)
    assert Lake(tiny.root / "lake").scan("ad_spend_daily").num_rows == 1
    assert server.messages == []


def test_a_history_loads_only_the_sources_it_is_asked_for(tiny: Tiny, running: Any) -> None:
    assert tiny.root.is_dir()
    history = running.read_dags(ROOT / "dags")["load_history"]
    days = {"from": "2026-10-01", "to": "2026-10-30"}
    run = history.test(run_conf={**days, "sources": ["north_ads"]})
    assert run.state == "success"
    assert sorted(running.states(history, run.run_id).values()) == ["skipped", "success"]

    run = history.test(run_conf={**days, "sources": ["nroth_ads"]})
    assert run.state == "failed"
    assert "`sources` names ['nroth_ads']; sources.toml has " in running.reason(history, run.run_id, "load.files", 0)


@pytest.mark.slow
def test_a_night_runs_whole_from_files_to_mail(tiny: Tiny, running: Any, night: Any, server: Kept) -> None:  # noqa: F811
    """Nothing stands in: land, score, render, hold and deliver of a company that has files and nothing else."""
    shutil.rmtree(tiny.root / "reports")
    run = night.test(run_conf={"day": "2026-10-30", "deliver": True})
    assert running.state_and_note(night, run.run_id)[0] == "success", running.reason(night, run.run_id, "verdict")
    assert mailed(server) == EVERYBODY
    for region, locale in (("north", "en_US"), ("south", "es_ES"), ("company", "en_US")):
        folder = tiny.root / "reports" / "2026-10-30" / region / locale
        assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
        subject = json.loads((folder / "manifest.json").read_text())["subject"]
        assert {"en_US": "October 30, 2026", "es_ES": "30 de octubre de 2026"}[locale] in subject


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "states"),
    [("8", {"render_0": "failed"}), ("1", {"render_0": "success", "render_1": "failed", "render_2": "success"})],
)
def test_a_region_that_cannot_be_rendered_is_named_and_stops_no_other_of_its_batch(
    tiny: Tiny,
    running: Any,
    server: Kept,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    size: str,
    states: dict[str, str],
) -> None:
    """One task renders all three, or each its own: south's locale is in no catalogue."""
    shutil.rmtree(tiny.root / "reports")
    monkeypatch.setenv("REGIONS_PER_TASK", size)
    file = tiny.root / "config" / "regions.toml"
    file.write_text(file.read_text().replace("recipients.es_ES", "recipients.fr_FR"))
    night = running.read_dags(ROOT / "dags")["nightly_report_only"]
    run = night.test(run_conf={"day": "2026-10-30", "deliver": True})
    assert running.state_and_note(night, run.run_id)[0] == "failed"
    found = running.states(night, run.run_id)
    assert {name: state for name, state in found.items() if name.startswith("render")} == states
    assert [found[f"report.hold_{index}"] for index in range(3)] == ["success", "skipped", "success"]
    assert [found[f"report.deliver_{index}"] for index in range(3)] == ["success", "skipped", "success"]
    assert mailed(server) == ["north@example.com", "whole@example.com"]
    said = running.reason(night, run.run_id, "verdict")
    assert "1 of this night's tasks failed" in said
    assert "south: " in said
    assert "fr_FR" in said
    assert not (tiny.root / "reports" / "2026-10-30" / "south").exists()


def test_a_history_that_ends_before_it_begins_is_refused(tiny: Tiny, running: Any) -> None:
    assert tiny.root.is_dir()
    history = running.read_dags(ROOT / "dags")["load_history"]
    run = history.test(run_conf={"from": "2026-10-30", "to": "2026-10-01"})
    assert run.state == "failed"
    assert "`from` 2026-10-30 is after `to` 2026-10-01" in running.reason(history, run.run_id, "load.files", 0)
