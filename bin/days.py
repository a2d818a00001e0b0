"""Which day a run reports: the one asked for, checked, or the last one that is over everywhere."""

from datetime import UTC, date, datetime, timedelta

from bin.environment import SANDBOX_CLOCK
from bin.services import Refused
from include.company import Company

SAMPLE_DAY = date(2026, 10, 31)
SAMPLE_START = date(2024, 11, 1)
MONTHS_OF_HISTORY = 24


def choose(asked: str | None, company: Company) -> date:
    """The day to report. Raises Refused where it is no date, not over yet, or before the history."""
    now = SANDBOX_CLOCK if company.is_sample else datetime.now(UTC)
    if asked is None:
        return SAMPLE_DAY if company.is_sample else last_day_over(company, now)
    try:
        day = date.fromisoformat(asked)
    except ValueError as fault:
        raise Refused(f"DAY={asked} is no date; write year-month-day: make report DAY={SAMPLE_DAY}") from fault
    return _check(day, company, now)


def _check(day: date, company: Company, now: datetime) -> date:
    last = last_day_over(company, now)
    if day > last:
        raise Refused(f"DAY={day} is not over in every region; the last day that is: make report DAY={last}")
    if company.is_sample and day < SAMPLE_START:
        raise Refused(f"DAY={day} lies before the sample company's first day; choose one from {SAMPLE_START} to {last}")
    return day


def last_day_over(company: Company, now: datetime) -> date:
    """The newest day whose cutoff has passed in every region."""
    day = now.date()
    while any(region.cutoff(day) > now for region in company.regions.values()):
        day -= timedelta(days=1)
    return day


def first_of_history(day: date) -> date:
    """The first day of the month that makes 24 with the month of `day`."""
    months = day.year * 12 + day.month - MONTHS_OF_HISTORY
    return date(months // 12, months % 12 + 1, 1)
