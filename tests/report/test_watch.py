"""What to look at: what lies outside the range of chance, the most at stake first."""

from datetime import date

import synthetic

from include.report.compose import compose
from include.report.material import Material
from include.report.report import Report


def test_a_channel_that_fell_and_a_place_below_the_limits_are_named(report: Report) -> None:
    named = {line.what.values.get("channel", line.what.values.get("place")).value for line in report.watch}  # type: ignore[union-attr]
    assert {"paid_search", "MY-01"} <= named


def test_the_most_at_stake_comes_first(report: Report) -> None:
    weights = [line.weight for line in report.watch]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) <= 4


def test_each_line_names_its_cell(malaysia: Material, report: Report) -> None:
    known = {cell.id for cell in malaysia.cells.all()}
    assert all(line.what.cells and set(line.what.cells) <= known for line in report.watch)


def test_a_month_without_outliers_has_nothing_to_look_at() -> None:
    calm = compose(synthetic.material(date(2026, 8, 31), "company"))
    assert calm.watch == ()
