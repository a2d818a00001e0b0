"""The periods a night scores."""

from datetime import date

import pytest

from include.kpis.periods import Period, months_later, periods


def of(day: str, grain: str) -> list[tuple[str, str]]:
    return [(str(p.start), str(p.end)) for p in periods(date.fromisoformat(day)) if p.grain == grain]


def test_as_many_of_each_grain_as_the_interface_lists() -> None:
    """On the last day of a month that ends a quarter nothing but week and year runs."""
    counted = {
        grain: len(of("2026-09-30", grain)) for grain in ("day", "week", "month", "quarter", "year", "rolling_12m")
    }

    assert counted == {"day": 35, "week": 14 + 1, "month": 25, "quarter": 9, "year": 3 + 1, "rolling_12m": 13}


def test_a_running_month_is_compared_at_the_same_elapsed_day() -> None:
    months = of("2026-10-14", "month")

    assert ("2026-10-01", "2026-10-14") in months
    assert ("2026-09-01", "2026-09-14") in months
    assert ("2025-10-01", "2025-10-14") in months


def test_a_comparison_ends_at_its_own_end_and_is_then_the_whole_period() -> None:
    assert of("2026-03-30", "month").count(("2026-02-01", "2026-02-28")) == 1


def test_a_finished_month_has_no_cut_comparisons() -> None:
    assert len(of("2026-10-31", "month")) == 25


def test_weeks_begin_on_monday_and_have_no_year_ago() -> None:
    weeks = of("2026-10-14", "week")

    assert ("2026-10-12", "2026-10-14") in weeks
    assert ("2026-10-05", "2026-10-07") in weeks
    assert len(weeks) == 14 + 1


def test_rolling_years_end_today_and_at_the_last_13_month_ends() -> None:
    rolling = of("2026-10-14", "rolling_12m")

    assert ("2025-10-15", "2026-10-14") in rolling
    assert ("2025-10-01", "2026-09-30") in rolling
    assert len(rolling) == 14


def test_a_leap_day_is_no_special_day() -> None:
    assert ("2027-03-01", "2028-02-29") in of("2028-02-29", "rolling_12m")
    assert Period("month", date(2028, 2, 1), date(2028, 2, 29), date(2028, 2, 29)) in periods(date(2028, 2, 29))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -2, "2025-11-15"), ("2026-12-01", 1, "2027-01-01")],
)
def test_months_later_stays_within_the_month(day: str, months: int, expected: str) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(("end", "start"), [
    ("2026-10-30", "2025-10-31"), ("2028-02-27", "2027-02-28"), ("2028-02-28", "2027-03-01"),
    ("2028-02-29", "2027-03-01"), ("2029-02-28", "2028-03-01"),
])  # fmt: skip
def test_twelve_months_up_to_a_day_begin_after_that_day_of_the_year_before(end: str, start: str) -> None:
    assert (start, end) in of(end, "rolling_12m")
