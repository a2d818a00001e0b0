"""A figure's status says how it stands, or why it is not compared; word and shown number never disagree."""

from dataclasses import replace
from datetime import date

import pytest

from include.report.cells import Cell
from include.report.status import judge, share, trust

KEY = ("win_rate", "value", "month", date(2026, 10, 1), date(2026, 10, 31), None, None, "malaysia", None, None)


def cell(status: str = "ok", n: int = 40, unit: str = "ratio", currency: str | None = None) -> Cell:
    return Cell(KEY, 0.2, 8.0, 40.0, unit, currency, status, n)


@pytest.mark.parametrize(
    ("reached", "status"),
    [(1.05, "ahead"), (1.044, "on"), (0.97, "on"), (0.966, "on"), (0.964, "risk"), (0.9, "risk"), (0.894, "behind")],
)
def test_thresholds_are_of_the_number_as_it_is_shown(reached: float, status: str) -> None:
    assert judge(reached) == status


def test_without_a_target_nothing_is_judged() -> None:
    assert judge(None) == "none"


@pytest.mark.parametrize(
    ("status", "shown"), [("missing", "missing"), ("null", "none"), ("target_met", "met"), ("immature", "immature")]
)
def test_what_cannot_be_trusted_says_why(status: str, shown: str) -> None:
    assert trust(cell(status)) == shown


def test_a_rate_of_few_cases_is_withheld_and_a_ratio_of_moneys_is_not() -> None:
    assert trust(cell(n=19)) == "few"
    assert trust(cell(n=20)) is None
    assert trust(cell(n=3, currency="MYR")) is None
    assert trust(cell(n=3, unit="count")) is None


def test_a_share_of_the_money_of_few_renewals_is_withheld_as_the_share_of_them_is() -> None:
    few = cell(n=1, currency="MYR")
    assert trust(replace(few, key=("renewal_rate_value", *KEY[1:]))) == "few"
    assert trust(replace(few, key=("quota_attainment", *KEY[1:]))) is None


def test_a_partial_period_is_judged_against_its_pace() -> None:
    assert trust(cell("partial")) is None


def test_no_cell_is_not_defined() -> None:
    assert trust(None) == "none"


def test_lower_is_better_turns_the_share_over() -> None:
    assert share(50, 100) == 0.5
    assert share(50, 100, "lower") == 2.0
    assert share(50, 0) is None
    assert share(0, 100, "lower") is None
