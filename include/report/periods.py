"""The days a report of D compares: the month of D so far, the same days a month and a year before."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """First and last day, both in."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


@dataclass(frozen=True)
class Frame:
    """The month of D up to D, and what it is compared with, cut at the same elapsed day or the month's own end."""

    now: Span
    previous: Span
    year_ago: Span
    whole: Span
    """The whole month of D."""

    @property
    def running(self) -> bool:
        return self.now != self.whole


def frame(day: date) -> Frame:
    """The frame of a report's day D."""
    first = day.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    past = date(first.year - 1, first.month, 1)
    whole = Span(first, _end(first))
    cut = whole.last if day == whole.last else day
    return Frame(Span(first, day), _cut(before, cut, whole), _cut(past, cut, whole), whole)


def month(first: date) -> Span:
    """The whole calendar month that starts on `first`."""
    return Span(first, _end(first))


def months_back(first: date, count: int) -> date:
    """The first day of the month `count` months before that of `first`."""
    index = first.year * 12 + first.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def year_to(day: date) -> list[date]:
    """The ends of the twelve months up to and with that of D, oldest first; the last one is D."""
    first = day.replace(day=1)
    return [*(_end(months_back(first, back)) for back in range(11, 0, -1)), day]


def last_days(day: date, count: int) -> tuple[date, ...]:
    """The last `count` days up to and with D, oldest first."""
    return tuple(day - timedelta(days=back) for back in range(count - 1, -1, -1))


def weeks(day: date, count: int) -> list[Span]:
    """The last `count` ISO weeks up to D, oldest first; the last one ends at D."""
    monday = day - timedelta(days=day.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    return [Span(start, min(start + timedelta(days=6), day)) for start in starts]


def _cut(first: date, day: date, whole: Span) -> Span:
    """The month of `first` up to the same elapsed day; a whole month is compared with a whole one."""
    end = _end(first)
    return Span(first, end if day == whole.last else min(first.replace(day=min(day.day, end.day)), end))


def _end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
