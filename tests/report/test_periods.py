"""The month of D so far is compared with the same days of the month before and of the year before."""

from datetime import date

import pytest

from include.report.periods import Span, frame, weeks, year_to


def spans(day: date) -> tuple[str, str, str]:
    cut = frame(day)
    return str(cut.now), str(cut.previous), str(cut.year_ago)


def test_a_running_month_is_cut_at_the_same_elapsed_day() -> None:
    assert spans(date(2026, 10, 14)) == (
        "2026-10-01/2026-10-14",
        "2026-09-01/2026-09-14",
        "2025-10-01/2025-10-14",
    )
    assert frame(date(2026, 10, 14)).running


@pytest.mark.parametrize(
    ("day", "previous"),
    [
        (date(2026, 10, 31), "2026-09-01/2026-09-30"),
        (date(2026, 9, 30), "2026-08-01/2026-08-31"),
        (date(2026, 3, 30), "2026-02-01/2026-02-28"),
        (date(2024, 3, 29), "2024-02-01/2024-02-29"),
        (date(2026, 1, 5), "2025-12-01/2025-12-05"),
    ],
)
def test_a_whole_month_meets_a_whole_one_and_a_short_one_ends_where_it_ends(day: date, previous: str) -> None:
    assert spans(day)[1] == previous


def test_the_last_day_of_a_leap_february_meets_the_whole_february_before() -> None:
    assert spans(date(2028, 2, 29))[2] == "2027-02-01/2027-02-28"
    assert not frame(date(2028, 2, 29)).running


def test_weeks_are_iso_weeks_and_the_last_one_ends_today() -> None:
    last = weeks(date(2026, 10, 14), 14)
    assert len(last) == 14
    assert last[-1] == Span(date(2026, 10, 12), date(2026, 10, 14))
    assert last[-2].days == 7


def test_a_year_is_eleven_whole_months_and_the_one_of_d() -> None:
    ends = year_to(date(2026, 10, 14))
    assert (len(ends), ends[0], ends[-2], ends[-1]) == (
        12,
        date(2025, 11, 30),
        date(2026, 9, 30),
        date(2026, 10, 14),
    )
