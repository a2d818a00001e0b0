"""What was restated: the CRM's past from the lake, ad spend against the report that the region itself had a day ago."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from include.lake import Lake
from include.report.earlier import WINDOW, spent
from include.report.figures import Value
from include.report.material import Material
from include.report.region import report_of
from include.report.report import Report, canonical
from include.report.restated import restated
from include.report.section import Section
from include.report.tables import Table
from tests.report import synthetic

BEFORE, DAY = date(2026, 10, 3), date(2026, 10, 4)
OWN = synthetic.company().regions["malaysia"]


def scored(root: Path, day: date, change: Callable[[dict[str, Any]], dict[str, Any]] = dict) -> Lake:
    table = spending(day)
    file = root / "scores" / f"day={day}" / "night=asia" / "data.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist([change(row) for row in table.to_pylist()], schema=table.schema), file)
    return Lake(root)


@cache
def spending(day: date) -> pa.Table:
    """The region's scores of ad spend, of its whole: a small night."""
    table = synthetic.scores(day, ("malaysia",))
    parts = (pc.is_null(table[name]) for name in ("channel", "country"))
    return table.filter(reduce(pc.and_, parts, pc.equal(table["kpi"], "ad_spend")))


def told(lake: Lake, day: date, reports: Path) -> Report:
    return report_of(lake, synthetic.company(), OWN, "asia", day, reports)


def filed(report: Report, reports: Path) -> None:
    folder = reports / report.day / "malaysia" / "ms_MY"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(canonical(report), encoding="utf-8")


def section(report: Report) -> Section:
    return next(each for each in report.sections if each.id == "restated")


def notes(report: Report) -> list[str]:
    return [note.id for note in section(report).notes]


def more_on_the_second(row: dict[str, Any]) -> dict[str, Any]:
    """Ad platforms found a thousand more spent on 2 October, and on 30 September."""
    later = row["kpi"] == "ad_spend" and row["grain"] == "day" and row["period_end"] in (
        date(2026, 10, 2), date(2026, 9, 30),
    )  # fmt: skip
    return row if not later else row | {"value": row["value"] + 1000, "numerator": row["numerator"] + Decimal(1000)}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Where the region's report of the day before is filed."""
    filed(told(scored(tmp_path / "lake", BEFORE), BEFORE, tmp_path / "none"), tmp_path / "reports")
    return tmp_path / "reports"


def test_a_report_keeps_what_the_platforms_said_of_each_day_for_the_next(tmp_path: Path) -> None:
    report = told(scored(tmp_path, BEFORE), BEFORE, tmp_path)
    assert [each.day for each in report.spent][-2:] == ["2026-10-02", "2026-10-03"]
    assert len(report.spent) == WINDOW


def test_spend_that_was_restated_is_named_by_the_days_of_each_month(tmp_path: Path, reports: Path) -> None:
    report = told(scored(tmp_path / "lake", DAY, more_on_the_second), DAY, reports)
    table = section(report).rows[0][0]
    assert isinstance(table, Table)
    spans = {row.entries[0].value: row.entries for row in table.rows if row.head == Value("kpi", "ad_spend")}
    assert set(spans) == {Value("span", "2026-10-01/2026-10-03"), Value("span", "2026-09-01/2026-09-30")}
    for _, then, now, _ in spans.values():
        assert then.value is not None
        assert now.value is not None
        assert now.value.value == pytest.approx(then.value.value + 1000)
    assert "restated.note.ads" in notes(report)


def test_spend_that_stayed_is_said_to_be_the_same(tmp_path: Path, reports: Path) -> None:
    report = told(scored(tmp_path / "lake", DAY), DAY, reports)
    assert section(report).rows == ()
    assert "restated.note.ads.same" in notes(report)


def test_without_a_report_of_the_day_before_it_says_so(tmp_path: Path) -> None:
    report = told(scored(tmp_path / "lake", DAY), DAY, tmp_path / "reports")
    assert "restated.note.ads.none" in notes(report)


@pytest.mark.parametrize(
    "other", [{"region": "china"}, {"day": "2026-10-02"}, {"currency": "CNY"}], ids=["region", "day", "currency"]
)
def test_nothing_but_the_regions_own_report_of_that_day_is_read(reports: Path, other: dict[str, str]) -> None:
    """Neither another region's folder, nor a file of another region, day or currency in its own."""
    own = reports / str(BEFORE) / "malaysia"
    shutil.copytree(own, reports / str(BEFORE) / "china")
    assert spent(reports, OWN, BEFORE)
    said = json.loads((own / "ms_MY" / "report.json").read_text(encoding="utf-8"))
    (own / "ms_MY" / "report.json").write_text(json.dumps(said | other), encoding="utf-8")
    assert spent(reports, OWN, BEFORE) is None


def test_a_company_without_ads_is_told_nothing_of_them(malaysia: Material) -> None:
    without = replace(malaysia, kpis={kpi: each for kpi, each in malaysia.kpis.items() if kpi != "ad_spend"})
    assert [note.id for note in restated(without).notes] == ["restated.note"]
