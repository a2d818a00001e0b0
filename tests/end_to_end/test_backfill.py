"""A night backfilled in the browser, through Airflow's own form: three days forwards, then what is missing,
then what failed, then all of them backwards. They must equal the same days run by hand in a folder of their own."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import FloatRect, Page, expect

from include.company import load
from include.delivery import Outbox
from tests.end_to_end.airflow_ui import Ui, eventually, started
from tests.end_to_end.backfill_form import (
    CHROMIUM,
    INSTALL,
    Form,
    choose_zone,
    chromium,
    fill_in,
    report_by_hand,
    sign_in,
)
from tests.end_to_end.conftest import ROOT, Sample

pytestmark = [pytest.mark.slow, pytest.mark.browser]

COMPANY = load(ROOT / "config")
NIGHT = COMPANY.nights["asia"]
DAG = f"nightly_report_{NIGHT.id}"
EDITIONS = [(region, edition.locale) for region in NIGHT.regions for edition in COMPANY.regions[region].editions]
DAYS = ["2026-10-28", "2026-10-29", "2026-10-30"]
HISTORY = {"from": "2026-09-01", "to": "2026-10-31"}
PATIENCE = 240
"""Seconds for a run, on a machine that does other things too; a quiet one takes twenty."""


@dataclass
class Seen:
    """What was there after each backfill, by what was asked of it."""

    would_run: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    runs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    delivered: dict[str, set[str]] = field(default_factory=dict)
    verdict: str = ""
    mailed: dict[str, list[str]] = field(default_factory=dict)
    sent: str = ""
    mails: list[str] = field(default_factory=list)
    outbox: list[str] = field(default_factory=list)
    by_hand: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def seen(new_sample: Callable[[], Sample]) -> Iterator[Seen]:
    if not CHROMIUM.exists():
        if os.environ.get("NO_SKIP"):
            pytest.fail(INSTALL)
        pytest.skip(INSTALL)
    with started(new_sample(), leads_per_year=600) as ui:
        seen = Seen()
        beside = _by_hand(ui.sample)
        try:
            _use(ui, seen)
            assert beside.wait(300) == 0, (ui.sample.data / "by_hand.txt").read_text()[-3000:]
            seen.by_hand = files(ui.sample.data / "by_hand")
        finally:
            beside.kill()
            beside.wait()
        yield seen


def _use(ui: Ui, seen: Seen) -> None:
    """One engineer's day."""
    assert eventually(lambda: {each["dag_id"] for each in ui.api("dags")["dags"]} >= {DAG, "load_history"}, 90)
    _load_history(ui)
    with chromium() as browser:
        page = sign_in(browser, *ui.credentials())
        choose_zone(page, "UTC")
        seen.would_run["in UTC"] = days(fill_in(page, DAG, *DAYS[::2]).would_run)
        picture(page, "zone", choose_zone(page, NIGHT.zone).bounding_box())
        form = fill_in(page, DAG, *DAYS[::2])
        picture(page, "form", form.dialog.bounding_box())
        _backfill(ui, seen, "forwards", form)
        again = fill_in(page, DAG, *DAYS[::2])
        seen.would_run["again"], seen.said["again"] = again.would_run, again.dialog.inner_text()
        with _wrong_token(ui):
            _backfill(ui, seen, "broken", fill_in(page, DAG, DAYS[1], DAYS[1], "All Runs"))
        seen.verdict = _verdict(ui)
        _backfill(ui, seen, "failed", fill_in(page, DAG, *DAYS[::2], "Missing and Errored Runs"))
        _backfill(ui, seen, "backwards", fill_in(page, DAG, *DAYS[::2], "All Runs", "Run Backwards"))
        _pictures_of_runs(ui, page)
        seen.sent = _send(ui, page, DAYS[0])
    seen.mails = [file.name for file in ui.sample.mails()]


def _pictures_of_runs(ui: Ui, page: Page) -> None:
    page.goto(f"/dags/{DAG}/runs?run_type=backfill")
    expect(page.get_by_text("3 Dag Runs")).to_be_visible()
    picture(page, "runs", {"x": 310, "y": 250, "width": 890, "height": 385})
    page.goto(f"/dags/{DAG}/runs/{runs(ui)[0]['dag_run_id']}")
    expect(page.get_by_text("Skipped").first).to_be_visible()
    picture(page, "run", {"x": 310, "y": 62, "width": 890, "height": 730})


def picture(page: Page, name: str, box: FloatRect | None) -> None:
    """For docs/backfill.md, if PICTURES names a folder: what lies in the box, and no more than a screen of it."""
    if box and (folder := os.environ.get("PICTURES")):
        page.screenshot(path=Path(folder) / f"backfill-{name}.png", clip={**box, "height": min(box["height"], 800)})


def _load_history(ui: Ui) -> None:
    ui.api("dags/load_history", {"is_paused": False}, "PATCH")
    run = ui.api("dags/load_history/dagRuns", {"logical_date": None, "conf": HISTORY})["dag_run_id"]
    assert eventually(lambda: ended(ui.api(f"dags/load_history/dagRuns/{run}")), PATIENCE)
    assert ui.api(f"dags/load_history/dagRuns/{run}")["state"] == "success"


def _backfill(ui: Ui, seen: Seen, name: str, form: Form) -> None:
    """Submit the form, wait, and note what is there."""
    seen.would_run[name] = days(form.would_run)
    before = {run["dag_run_id"]: run["start_date"] for run in runs(ui)}

    def touched() -> list[dict[str, Any]]:
        return [run for run in runs(ui) if run["start_date"] != before.get(run["dag_run_id"])]

    assert eventually(lambda: all(each["completed_at"] for each in backfills(ui)), PATIENCE), backfills(ui)
    form.submit()
    wanted = len(form.would_run)
    assert eventually(lambda: sum(map(ended, touched())) == wanted, wanted * PATIENCE), runs(ui)
    seen.runs[name] = sorted(touched(), key=lambda run: str(run["start_date"]))
    seen.files[name] = files(ui.sample.data)
    seen.delivered[name] = {state for run in touched() for state in _deliveries(ui, run["dag_run_id"])}
    seen.mailed[name] = [file.name for file in ui.sample.mails()]
    seen.outbox += _outbox(ui.sample)


def runs(ui: Ui) -> list[dict[str, Any]]:
    """The runs that backfills made."""
    found = ui.api(f"dags/{DAG}/dagRuns?limit=100")["dag_runs"]
    return [run for run in found if run["run_type"] == "backfill"]


def backfills(ui: Ui) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ui.api(f"backfills?dag_id={DAG}")["backfills"]
    return found


def ended(run: dict[str, Any]) -> bool:
    return run["state"] in ("success", "failed")


def days(dates: list[str]) -> list[str]:
    """The local dates on which the intervals of runs start."""
    return [str(datetime.fromisoformat(each).astimezone(ZoneInfo(NIGHT.zone)).date()) for each in dates]


def files(data: Path) -> dict[str, str]:
    """Digests of the scores and reports of the days, whatever else is there."""
    scores = [file for day in DAYS for file in (data / "lake" / "scores" / f"day={day}").rglob("*.parquet")]
    reports = [file for day in DAYS for file in (data / "reports" / day).rglob("*.*") if file.is_file()]
    return {str(file.relative_to(data)): hashlib.sha256(file.read_bytes()).hexdigest() for file in scores + reports}


def _by_hand(sample: Sample) -> subprocess.Popen[bytes]:
    """The same history and the same days, each run by hand, beside the browser, with the same vendors."""
    made = [["run", "load_history", HISTORY], *(["run", DAG, {"day": day}] for day in DAYS)]
    settings = {**sample.environment, "DATA_DIR": str(sample.data / "by_hand")}
    with (sample.data / "by_hand.txt").open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.end_to_end.by_hand", json.dumps(made)],
            cwd=ROOT, env=settings, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip


def _deliveries(ui: Ui, run: str) -> list[str]:
    found = ui.api(f"dags/{DAG}/dagRuns/{run}/taskInstances?limit=200")["task_instances"]
    return [each["state"] for each in found if each["task_id"] == "report.deliver"]


def _outbox(sample: Sample) -> list[str]:
    """Recipients of the days, as the outbox knows them."""
    outbox = Outbox(f"sqlite:///{sample.data / 'delivery.db'}")
    dates = [datetime.fromisoformat(day).date() for day in DAYS]
    return [each.recipient for day in dates for edition in EDITIONS for each in outbox.of(day, *edition)]


def _send(ui: Ui, page: Page, day: str) -> str:
    """Run `day` by hand in the browser, mailed; the state of the run."""
    report_by_hand(page, DAG, day)

    def manual() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = ui.api(f"dags/{DAG}/dagRuns?run_type=manual")["dag_runs"]
        return found

    assert eventually(lambda: bool(manual()) and all(ended(run) for run in manual()), PATIENCE), manual()
    return str(manual()[0]["state"])


@contextmanager
def _wrong_token(ui: Ui) -> Iterator[None]:
    """The vendor of exchange rates refuses ours, until it is mended."""
    _password(ui, "expired")
    try:
        yield
    finally:
        _password(ui, "sample-fx-token")


def _password(ui: Ui, password: str) -> None:
    body = {"connection_id": "fx", "conn_type": "http", "password": password}
    ui.api("connections/fx?update_mask=password", body, "PATCH")


def _verdict(ui: Ui) -> str:
    """What the last run's verdict said."""
    run = max(runs(ui), key=lambda run: str(run["start_date"]))["dag_run_id"]
    return str(ui.api(f"dags/{DAG}/dagRuns/{run}/taskInstances/verdict/xcomEntries/reason")["value"])


def test_days_picked_in_utc_come_out_one_later_in_asia(seen: Seen) -> None:
    assert seen.would_run["in UTC"] == ["2026-10-29", "2026-10-30", "2026-10-31"]


def test_days_picked_in_the_nights_zone_are_the_days_that_run(seen: Seen) -> None:
    assert seen.would_run["forwards"] == DAYS
    assert [run["note"] for run in seen.runs["forwards"]] == DAYS


def test_what_is_there_is_not_run_again(seen: Seen) -> None:
    assert seen.would_run["again"] == []
    assert "No runs matching" in seen.said["again"]


def test_only_the_day_that_failed_is_run_again(seen: Seen) -> None:
    assert [(run["note"], run["state"]) for run in seen.runs["broken"]] == [(DAYS[1], "failed")]
    assert "land.fx fx" in seen.verdict
    assert seen.would_run["failed"] == [DAYS[1]]
    assert [(run["note"], run["state"]) for run in seen.runs["failed"]] == [(DAYS[1], "success")]


def test_all_is_run_again_and_backwards(seen: Seen) -> None:
    assert [run["note"] for run in seen.runs["backwards"]] == DAYS[::-1]


@pytest.mark.parametrize("name", ["forwards", "backwards"])
def test_every_run_is_green_and_one_at_a_time(seen: Seen, name: str) -> None:
    found = seen.runs[name]
    assert {run["state"] for run in found} == {"success"}
    assert all(earlier["end_date"] <= later["start_date"] for earlier, later in pairwise(found))


@pytest.mark.parametrize("name", ["forwards", "failed", "backwards"])
def test_scores_and_reports_have_the_bytes_of_runs_by_hand(seen: Seen, name: str) -> None:
    assert {f"lake/scores/day={day}/night={NIGHT.id}/data.parquet" for day in DAYS} <= set(seen.by_hand)
    assert len([file for file in seen.by_hand if file.endswith("report.pdf")]) == len(DAYS) * len(EDITIONS)
    assert seen.files[name] == seen.by_hand


@pytest.mark.parametrize("name", ["forwards", "failed", "backwards"])
def test_nothing_is_mailed_and_the_tasks_that_mail_are_skipped(seen: Seen, name: str) -> None:
    assert seen.delivered[name] == {"skipped"}
    assert seen.outbox == []
    assert [mail for mail in seen.mailed[name] if mail[:10] in DAYS] == []


def test_a_day_is_mailed_afterwards_by_a_run_by_hand(seen: Seen) -> None:
    assert seen.sent == "success"
    people = sorted(mail.split("_")[1] for mail in seen.mails if mail.startswith(DAYS[0]))
    wanted = [who for region in NIGHT.regions for group in COMPANY.regions[region].recipients.values() for who in group]
    assert people == sorted(wanted)
