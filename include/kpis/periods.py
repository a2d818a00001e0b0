"""The periods a night scores: the windows of the fixed interface, as of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAYS, WEEKS, MONTHS, QUARTERS, YEARS, ROLLING = 35, 14, 25, 9, 3, 13
_DAY = timedelta(days=1)
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, order=True)
class Period:
    """Both ends belong to it. `closes` is its last calendar day: later than `end` while it runs, or where a comparison
    is cut at the same elapsed day."""

    grain: str
    start: date
    end: date
    closes: date


def months_later(day: date, months: int) -> date:
    """The same day of another month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - _DAY)


def periods(day: date) -> tuple[Period, ...]:
    """Every period of a report of `day`, running ones with the stretches they are compared with; unique, sorted."""
    return tuple(sorted({*_days(day), *_calendar(day), *_rolling(day)}))


def _days(day: date) -> Iterator[Period]:
    for back in range(DAYS):
        that = day - back * _DAY
        yield Period("day", that, that, that)


def _calendar(day: date) -> Iterator[Period]:
    for grain, count in (("week", WEEKS), ("month", MONTHS), ("quarter", QUARTERS), ("year", YEARS)):
        for back in range(count):
            start, closes = _bounds(grain, day, back)
            yield Period(grain, start, min(closes, day), closes)
        yield from _comparisons(grain, day)


def _comparisons(grain: str, day: date) -> Iterator[Period]:
    """The previous and, from month up, the year-ago period, cut where the running one stands."""
    start, closes = _bounds(grain, day, 0)
    if closes <= day:
        return
    for back in {"week": (1,), "month": (1, 12), "quarter": (1, 4), "year": (1,)}[grain]:
        then, closed = _bounds(grain, day, back)
        yield Period(grain, then, min(then + (day - start), closed), closed)


def before(period: Period) -> tuple[date, date]:
    """First and last day of the period before; of one cut short, as many days of it."""
    closes = period.start - _DAY
    months = _MONTHS_IN.get(period.grain, 12)
    start = months_later(period.start, -months)
    if period.grain in ("day", "week"):
        start = period.start - timedelta(days={"day": 1, "week": 7}[period.grain])
    return start, closes if period.end == period.closes else min(start + (period.end - period.start), closes)


def _bounds(grain: str, day: date, back: int) -> tuple[date, date]:
    """First and last day of the calendar period `back` before the one that holds `day`."""
    if grain == "week":
        start = day - timedelta(days=day.weekday() + 7 * back)
        return start, start + timedelta(days=6)
    length = _MONTHS_IN[grain]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    start = months_later(first, -length * back)
    return start, months_later(start, length) - _DAY


def _rolling(day: date) -> Iterator[Period]:
    """Twelve months up to `day`, and up to each of the last 13 month ends."""
    month_ends = (date(day.year, day.month, 1) if day + _DAY != months_later(day.replace(day=1), 1) else day + _DAY,)
    for end in (day, *(months_later(month_ends[0], -back) - _DAY for back in range(ROLLING))):
        yield Period("rolling_12m", max(months_later(end + _DAY, -12), months_later(end, -12) + _DAY), end, end)
