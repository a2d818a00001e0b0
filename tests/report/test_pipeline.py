"""Pipeline and forecast: what is won and likely against the target; titles agree with their numbers."""

from dataclasses import replace
from datetime import date

from include.report.blocks import Bars
from include.report.material import Material
from include.report.pipeline import pipeline
from include.report.report import Lines, Section, Table
from include.report.scales import ticks


def blocks(section: Section) -> dict[type, object]:
    return {type(block): block for row in section.rows for block in row}


def test_a_running_month_says_what_it_comes_to_with_what_is_likely(malaysia_running: Material) -> None:
    section = pipeline(malaysia_running)
    bars = blocks(section)[Bars]
    assert isinstance(bars, Bars)
    won, likely, due = (bar.number for bar in bars.bars)
    assert won is not None and likely is not None and due is not None  # noqa: PT018
    assert won < likely < due
    assert section.lead.id == "pipeline.lead.running"
    assert section.lead.values["sum"].value == likely
    goal = malaysia_running.targets["bookings"]
    assert {bar.tick for bar in bars.bars} == {goal}


def test_a_month_that_is_over_has_nothing_left_to_expect(malaysia: Material) -> None:
    section = pipeline(malaysia)
    assert Bars not in blocks(section)
    won = malaysia.now("bookings")
    assert won is not None
    assert section.lead.id == "pipeline.lead.ended"
    assert section.lead.values["share"].value == (won.value or 0) / malaysia.targets["bookings"]
    table = blocks(section)[Table]
    assert isinstance(table, Table)
    assert not {"pipeline_coverage", "pipeline_effectiveness_vs_goal"} & {row.head.value for row in table.rows}  # type: ignore[union-attr]


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


def test_a_scale_ends_at_or_above_its_highest() -> None:
    for top in (0.3, 1.0, 3.0, 12.0, 406_002.0, 99.9):
        scale = ticks(top)
        assert scale[0] == 0
        assert scale[-2] < top <= scale[-1] + 1e-9
        assert 3 <= len(scale) <= 6
