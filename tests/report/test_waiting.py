"""Conversion curves, and what of a stage was seen to."""

from datetime import date

import pytest

from include.report.charts import lines
from include.report.funnel import funnel
from include.report.material import Material
from include.report.selection import WAITS
from include.report.survival import median, survival
from include.report.tables import Table
from include.report.trend import trend
from include.report.volumes import inferred
from include.report.waiting import waits
from tests.report import synthetic
from tests.report.test_html import words


def test_a_curve_rises_from_nothing_to_what_the_scores_say(malaysia: Material) -> None:
    chart = waits(malaysia)[0]
    now, past = chart.courses
    assert (now.ages[0], now.shares[0]) == (0, 0)
    cell = malaysia.cells.known(now.cells[-1])
    assert cell is not None
    assert cell.value == now.shares[-1]
    assert all(low <= share <= high for low, share, high in zip(now.low, now.shares, now.high, strict=True))
    assert (now.name.values["it"].value, past.name.values["it"].value) == ("2026", "2025")


def test_its_quarter_is_one_that_can_be_followed_to_the_end(malaysia: Material) -> None:
    """On 31 October, 90 days after the third quarter are not over."""
    assert waits(malaysia)[0].title.values["quarter"].value == "2026-04-01"
    cells = [cell for cell in malaysia.cells.all() if cell.kpi == WAITS and cell.key[2] == "quarter"]
    assert any(cell.status == "immature" for cell in cells)


def test_the_chart_ends_above_its_highest_and_says_so(malaysia: Material) -> None:
    drawn = str(survival(waits(malaysia)[0], words("en_MY", "MYR")))
    assert "after 90 days" in drawn
    assert "left" not in drawn
    assert ">40%<" in drawn


def test_half_is_met_from_below() -> None:
    chart = waits(synthetic.material(date(2026, 10, 31), "malaysia"))[0]
    assert median(chart.courses[0], "reached") is None
    assert median(chart.courses[0], "left") == 0


def test_what_is_not_seen_to_is_inferred(malaysia: Material) -> None:
    cell = malaysia.cells.get(WAITS, malaysia.frame.now.last, stage="mql", age=7)
    count = malaysia.now("mql_count")
    assert cell is not None
    assert count is not None
    assert inferred(malaysia, "mql") == (count.value or 0) - (cell.n or 0)
    assert inferred(malaysia, "opportunity") is None


def test_the_funnel_stripes_it_and_counts_it(malaysia: Material) -> None:
    table = funnel(malaysia).rows[0][0]
    assert isinstance(table, Table)
    row = next(row for row in table.rows if getattr(row.head, "value", "") == "mql")
    bar = row.entries[0].bar
    assert bar is not None
    assert row.entries[1].value is not None
    assert bar.inferred / bar.length == pytest.approx(
        float(row.entries[1].value.value or 0) / float(row.entries[0].value.value)  # type: ignore[union-attr, arg-type]
    )


def test_a_year_has_the_chance_of_its_months(malaysia: Material) -> None:
    chart = trend(malaysia)
    assert chart is not None
    for line in chart.lines:
        for low, value, high in zip(line.low, line.values, line.high, strict=True):
            assert low is not None and value is not None and high is not None  # noqa: PT018
            assert low < value <= high
    grr = next(line for line in chart.lines if line.name.id == "trend.grr")
    assert max(grr.high) <= 1  # type: ignore[type-var]
    assert "stroke-dasharray" in str(lines(chart, words("en_MY", "MYR")))
