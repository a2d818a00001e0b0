"""Two real nights of the sample company: what the ad platforms restated between them, by the report of the second."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow.compute as pc
import pytest
import requests

from include.kpis import KPIS
from include.kpis.score import score
from include.lake import Lake
from include.report.figures import Value
from include.report.region import render_region
from include.report.words import Words
from include.sources import Days, land, load
from tests.report import synthetic
from tests.sources.test_sandbox import NOON, sandbox, sessions, sources

pytestmark = pytest.mark.slow
BEGUN, BEFORE, DAY = date(2026, 9, 20), date(2026, 10, 29), date(2026, 10, 30)
KEPT = ("google_ads", "fx", "planning", "china_ads")
"""The sources that ad spend and its money are read from: a CRM would only take time."""


@dataclass(frozen=True)
class Nights:
    """Spain's ad spend by day as it lay in the lake on either night, and the report of the second."""

    then: dict[date, float]
    now: dict[date, float]
    first: dict[str, Any]
    report: dict[str, Any]
    html: str


def spent(lake: Lake) -> dict[date, float]:
    """What the platforms say of Spain, in euros, straight from the landed rows."""
    rows = lake.scan("ad_spend_daily")
    rows = rows.filter((pc.field("country") == "ES") & (pc.field("currency") == "EUR"))
    summed = rows.group_by("date").aggregate([("spend", "sum")]).to_pylist()
    return {row["date"]: float(row["spend_sum"]) for row in summed}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    company, root = synthetic.company(), tmp_path_factory.mktemp("nights")
    lake, reports, known = Lake(root / "lake"), root / "reports", []
    with sandbox(root / "drop", f"2026-10-30{NOON}", leads=600) as url:
        at = sessions(url)
        for day, moment in ((BEFORE, f"2026-10-30{NOON}"), (DAY, f"2026-10-31{NOON}")):
            requests.post(f"{url}/_sandbox/clock", json={"now": moment}, timeout=60)
            for source in sources(company, root / "drop"):
                if source.name in KEPT:
                    days = Days(BEGUN if day == BEFORE else day, day)
                    (load if day == BEFORE else land)(source, at.get(source.name), lake, days)
            score(lake, company, "europe", day)
            render_region(lake, company, "spain", "europe", day, reports)
            known.append(spent(lake))
    folders = [reports / str(day) / "spain" / "es_ES" for day in (BEFORE, DAY)]
    first, second = (json.loads((folder / "report.json").read_text()) for folder in folders)
    return Nights(known[0], known[1], first, second, (folders[1] / "report.html").read_text())


def section(report: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in report["sections"] if each["id"] == "restated")


def test_the_platforms_did_restate_days_that_the_first_report_had(nights: Nights) -> None:
    changed = [day for day in nights.then if nights.now[day] != nights.then[day]]
    assert len(changed) > 20
    assert min(changed) >= BEFORE - timedelta(days=31)
    assert {each["day"]: each["amount"] for each in nights.first["spent"]} == pytest.approx(
        {str(day): each for day, each in nights.then.items() if day > BEFORE - timedelta(days=35)}
    )
    assert "restated.note.ads.none" in [note["id"] for note in section(nights.first)["notes"]]


def test_the_second_report_names_each_months_change_with_both_numbers(nights: Nights) -> None:
    ((table,),) = section(nights.report)["rows"]
    rows = {
        row["entries"][0]["value"]["value"]: [each["value"]["value"] for each in row["entries"][1:]]
        for row in table["rows"]
    }
    assert {row["head"]["value"] for row in table["rows"]} == {"ad_spend"}
    expected = {}
    for first, last in ((DAY - timedelta(days=34), date(2026, 9, 30)), (date(2026, 10, 1), BEFORE)):
        days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
        before, after = (sum(known[day] for day in days) for known in (nights.then, nights.now))
        if before != after:
            expected[f"{first}/{last}"] = [before, after, after / before - 1]
    assert rows.keys() == expected.keys()
    for period, numbers in expected.items():
        assert rows[period] == pytest.approx(numbers)
    assert "2026-10-01/2026-10-29" in rows


def test_a_reader_finds_them_in_the_page(nights: Nights) -> None:
    words = Words("es_ES", "EUR", synthetic.company(), KPIS)
    october = [day for day in nights.now if date(2026, 10, 1) <= day <= BEFORE]
    for known in (nights.then, nights.now):
        assert words.show(Value("money", sum(known[day] for day in october))) in nights.html
