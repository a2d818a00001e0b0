"""What a newcomer gets from `make report`, and what the day after, the second call and a moved clock change."""

import email
import email.policy
import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from include.company import load
from include.kpis import stored
from include.kpis.quality import quality
from include.lake import Lake
from tests.end_to_end.conftest import MID_MONTH, MONTH_END, ROOT, Sample
from tests.report import traced

pytestmark = pytest.mark.slow

COMPANY = load(ROOT / "config")
EDITIONS = [(region.id, edition.locale) for region in COMPANY.regions.values() for edition in region.editions]
RECIPIENTS = sum(len(people) for region in COMPANY.regions.values() for people in region.recipients.values())


def digest(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*.pdf"))
    }


def message(file: Path) -> email.message.EmailMessage:
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)  # type: ignore[return-value]


@pytest.mark.parametrize("day", [MID_MONTH, MONTH_END])
@pytest.mark.parametrize(("region", "locale"), EDITIONS)
def test_path_manifest_and_page_name_the_day(sample: Sample, day: str, region: str, locale: str) -> None:
    folder = sample.folder(day, region, locale)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["day"], manifest["region"], manifest["locale"]) == (day, region, locale)
    assert str(date.fromisoformat(day).day) in manifest["subject"]
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert manifest["subject"].split(":")[0].split("：")[0] in (folder / "report.html").read_text()


@pytest.mark.parametrize("day", [MID_MONTH, MONTH_END])
@pytest.mark.parametrize("region", COMPANY.regions)
def test_every_number_of_page_one_is_found_again_in_the_stored_rows(sample: Sample, day: str, region: str) -> None:
    place, when = COMPANY.regions[region], date.fromisoformat(day)
    report = json.loads((sample.folder(day, region, place.editions[0].locale) / "report.json").read_text())
    lake = Lake(sample.data / "lake")
    night = COMPANY.night_of(region).id
    scores = pq.read_table(
        stored.file(lake.root, night, when), filters=pc.field("breakdown").is_null(), partitioning=None
    )
    kept = pq.read_table(stored.file(lake.root, night, when, "targets")).to_pylist()
    targets = {
        f"target|{row['kpi']}|{row['period_start']}|{row['region']}": row["target"]
        for row in kept
        if row["currency"] in (None, place.currency)
    }
    sources = {each.name: vars(each) for each in quality(lake, COMPANY, place, when).sources}
    assert sum(len(said["traces"]) for said in traced.sentences(report)) > 10
    assert traced.faults(report, traced.rows(scores, place.currency, targets, sources)) == []


def test_each_recipient_gets_one_message_a_day(sample: Sample) -> None:
    got = Counter((m["To"], m["Subject"]) for m in map(message, sample.mails()))
    assert set(got.values()) == {1}
    assert len(got) == 2 * RECIPIENTS


def test_a_message_has_both_bodies_and_the_published_pdf(sample: Sample) -> None:
    published = {
        hashlib.sha256((sample.folder(day, *edition) / "report.pdf").read_bytes()).hexdigest()
        for day in (MID_MONTH, MONTH_END)
        for edition in EDITIONS
    }
    for mail in map(message, sample.mails()):
        assert mail.get_body(("plain",)) is not None
        assert mail.get_body(("html",)) is not None
        (attached,) = mail.iter_attachments()
        assert hashlib.sha256(attached.get_payload(decode=True)).hexdigest() in published


def test_the_same_day_again_mails_nothing_and_gives_the_same_bytes(sample: Sample) -> None:
    mails, pages = sample.mails(), digest(sample.data / "reports" / MONTH_END)
    for printed in (sample.data / "reports" / MONTH_END / "spain").rglob("report.pdf"):
        printed.unlink()  # what lies there whole is not printed again
    ran = sample.report(MONTH_END)
    assert ran.code == 0, ran.output
    assert sample.mails() == mails
    assert digest(sample.data / "reports" / MONTH_END) == pages


def test_the_same_day_after_the_clock_moved_mails_nothing(sample: Sample) -> None:
    mails = sample.mails()
    ran = sample.report(MONTH_END, SANDBOX_CLOCK="2026-11-03T12:00:00+00:00")
    assert ran.code == 0, ran.output
    assert sample.mails() == mails


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("31/10/2026", "is no date; write year-month-day"),
        ("2026-11-01", "is not over in every region"),
        ("2019-01-01", "lies before the sample company's first day"),
    ],
)
def test_a_wrong_day_is_refused_in_one_line(new_sample: Callable[[], Sample], day: str, says: str) -> None:
    ran = new_sample().report(day)
    assert ran.code == 2
    assert says in " ".join(ran.output.split())
    assert "Traceback" not in ran.output


def test_a_taken_port_is_named(new_sample: Callable[[], Sample]) -> None:
    import socket

    made = new_sample()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(made.environment["SANDBOX_PORT"])))
        taken.listen()
        ran = made.report(MONTH_END)
    assert ran.code == 2
    assert made.environment["SANDBOX_PORT"] in ran.output
    assert "Traceback" not in ran.output


def test_the_historys_shares_are_two_runs_that_airflow_keeps_apart(sample: Sample) -> None:
    """Begun in one moment with one logical date, the second would replace the first while it runs."""
    with sqlite3.connect(sample.data / "airflow" / "airflow.db") as database:
        sql = "SELECT state, logical_date, run_after FROM dag_run WHERE dag_id = 'load_history'"
        ran = database.execute(sql).fetchall()
    assert [state for state, *_ in ran] == ["success", "success"]
    (one, begun), (other, begun_too) = [dates for _, *dates in ran]
    assert one != other
    assert begun != begun_too
    assert (one, other) == (begun, begun_too), "else each names its run by its own clock, and clocks may agree"


def test_a_fault_nobody_foresaw_is_one_line_and_its_trace_a_file(new_sample: Callable[[], Sample]) -> None:
    made = new_sample()
    (made.data / "airflow").mkdir()
    (made.data / "airflow" / ".migrated").touch()
    (made.data / "airflow" / "airflow.db").write_bytes(b"no database" * 100)
    ran = made.report(MONTH_END, SANDBOX_LEADS_PER_YEAR="50")
    assert ran.code == 2
    assert "Traceback" not in ran.output
    assert "make report: DatabaseError: " in ran.output
    assert "Traceback" in (made.data / "logs" / "fault.log").read_text(encoding="utf-8")
