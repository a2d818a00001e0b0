"""What to look at: what lies outside the range of chance, the most at stake first."""

from dataclasses import replace
from datetime import date

from include.report.cells import Cells
from include.report.compose import compose
from include.report.material import Material
from include.report.report import Report
from tests.report import synthetic


def test_a_channel_that_fell_and_a_place_below_the_limits_are_named(report: Report) -> None:
    named = {value.value for line in report.watch for value in line.what.values.values()}
    assert {"paid_search", "MY-01"} <= named


def test_the_most_at_stake_comes_first(report: Report) -> None:
    weights = [line.weight for line in report.watch]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) <= 4


def test_each_line_names_its_cell_or_the_months_it_adds_up(malaysia: Material, report: Report) -> None:
    known = {cell.id for cell in malaysia.cells.all()}
    added = {cell.id.replace("|2026-10-01|", "|2025-11-01|") for cell in malaysia.cells.all()}
    assert all(line.what.cells and set(line.what.cells) <= known | added for line in report.watch)
    assert any(set(line.what.cells) <= added - known for line in report.watch)


def test_a_month_without_outliers_or_targets_missed_has_nothing_to_look_at() -> None:
    calm = synthetic.material(date(2026, 8, 31), "company")
    assert compose(replace(calm, targets={})).watch == ()


def test_key_figures_behind_are_named_but_not_the_bookings_of_the_verdict() -> None:
    behind = compose(synthetic.material(date(2026, 8, 31), "company")).watch
    assert [line.what.values["kpi"].value for line in behind] == ["cac", "win_rate"]


def test_after_its_last_day_a_month_needs_no_pipeline(report: Report, running: Report) -> None:
    def named(each: Report) -> set[object]:
        return {line.what.values["kpi"].value for line in each.watch if "kpi" in line.what.values}

    assert "pipeline_coverage" in named(running)
    assert "pipeline_coverage" not in named(report)


def test_what_a_handful_of_customers_cost_is_nothing_to_look_at(malaysia: Material) -> None:
    def named(material: Material) -> set[object]:
        return {line.what.values["kpi"].value for line in compose(material).watch if "kpi" in line.what.values}

    few = [replace(cell, n=6) if cell.kpi == "cac" else cell for cell in malaysia.cells.all()]
    assert "cac" in named(malaysia)
    assert "cac" not in named(replace(malaysia, cells=Cells(few, "malaysia")))
