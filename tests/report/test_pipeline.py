"""Pipeline and forecast: what is won and likely against the target; titles agree with their numbers."""

from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest

from include.report.attained import attained
from include.report.blocks import Attained
from include.report.cells import Cell, Cells
from include.report.lines import Lines
from include.report.material import Material
from include.report.pipeline import pipeline
from include.report.scales import ticks
from include.report.section import Section
from include.report.tables import Table


def blocks(section: Section) -> dict[type, object]:
    return {type(block): block for row in section.rows for block in row}


def test_a_running_month_says_what_it_comes_to_with_what_is_likely(malaysia_running: Material) -> None:
    section = pipeline(malaysia_running)
    chart = blocks(section)[Attained]
    assert isinstance(chart, Attained)
    won, likely, most = (float(each.value or 0) for each in (chart.won.sums[-1], chart.likely, chart.most))
    assert won < likely < most <= float(chart.ticks[-1].value or 0)
    assert section.lead.id == "pipeline.lead.running"
    assert section.lead.values["sum"].value == likely
    assert chart.target.value == malaysia_running.targets["bookings"]
    due = malaysia_running.due("bookings")
    assert due is not None
    assert chart.pace == ((0, 0.0), (14, due.number), (31, chart.target.value))


def test_the_days_of_a_month_add_up_to_its_score(malaysia_running: Material) -> None:
    chart = attained(malaysia_running)
    assert chart is not None
    now = malaysia_running.now("bookings")
    by_day = [malaysia_running.cells.get("bookings", date(2026, 10, day), "day") for day in range(1, 15)]
    sums = list(accumulate(cell.value or 0 for cell in by_day if cell is not None))
    assert [each.value for each in chart.won.sums] == pytest.approx(sums)
    assert now is not None
    assert (chart.won.sums[-1].value, chart.won.cell) == (now.value, now.id)


def test_the_month_before_is_drawn_as_far_back_as_its_days_are_scored(malaysia_running: Material) -> None:
    chart = attained(malaysia_running)
    assert chart is not None
    known = [each.value is not None for each in chart.before.sums]
    assert known == [day >= 9 for day in range(1, 31)]  # the 35 days up to 14 October begin with the 10th of September
    whole = malaysia_running.cells.get("bookings", date(2026, 9, 30))
    assert whole is not None
    assert chart.before.sums[-1].value == whole.value


def test_a_month_that_is_over_has_nothing_left_to_expect(malaysia: Material) -> None:
    section = pipeline(malaysia)
    chart = blocks(section)[Attained]
    assert isinstance(chart, Attained)
    assert chart.likely.value is chart.most.value is None
    assert chart.about.id == "attained.about"
    won = malaysia.now("bookings")
    assert won is not None
    assert section.lead.id == "pipeline.lead.ended"
    assert section.lead.values["share"].value == (won.value or 0) / malaysia.targets["bookings"]
    assert chart.title.values["share"] == section.lead.values["share"]
    table = blocks(section)[Table]
    assert isinstance(table, Table)
    assert not {"pipeline_coverage", "pipeline_effectiveness_vs_goal"} & {row.head.value for row in table.rows}  # type: ignore[union-attr]


def test_without_a_known_day_or_with_more_taken_back_than_won_there_is_no_course(malaysia_running: Material) -> None:
    def only(*cells: Cell) -> Material:
        return replace(malaysia_running, cells=Cells(cells, "malaysia"))

    now = malaysia_running.now("bookings")
    assert now is not None
    assert attained(only()) is None
    assert attained(only(replace(now, value=-5.0))) is None
    chart = attained(only(now))
    assert chart is not None
    assert [each.value is None for each in chart.won.sums] == [True] * 13 + [False]


def test_bookings_stand_beside_the_target_of_each_month(malaysia: Material) -> None:
    lines = blocks(pipeline(malaysia))[Lines]
    assert isinstance(lines, Lines)
    won, goal = lines.lines
    assert goal.values[-1] == malaysia.plans[date(2026, 10, 1)]
    assert won.values[-1] == malaysia.now("bookings").value  # type: ignore[union-attr]
    assert float(lines.ticks[-1].value or 0) >= max(*won.values, *goal.values)  # type: ignore[type-var]


def test_without_a_target_the_open_pipeline_is_told(malaysia: Material) -> None:
    section = pipeline(replace(malaysia, targets={}, plans={}))
    assert section.lead.id == "pipeline.lead.weighted"
    lines = blocks(section)[Lines]
    assert isinstance(lines, Lines)
    assert lines.title.id == "pipeline.course.title.alone"
    course = blocks(section)[Attained]
    assert isinstance(course, Attained)
    assert (course.title.id, course.pace, course.target.value) == ("attained.title.alone", (), None)


def test_a_scale_ends_at_or_above_its_highest() -> None:
    for top in (0.3, 1.0, 3.0, 12.0, 406_002.0, 99.9):
        scale = ticks(top)
        assert scale[0] == 0
        assert scale[-2] < top <= scale[-1] + 1e-9
        assert 3 <= len(scale) <= 6
