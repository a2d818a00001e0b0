"""Days and hours of the company: days are ordinals of local dates, stamps epoch milliseconds in UTC."""

from datetime import date, datetime, timedelta
from functools import cache
from math import pi, sin
from zoneinfo import ZoneInfo

FIRST_DATE = date(2024, 11, 1)
FIRST = FIRST_DATE.toordinal()
OPENING = 1_730_419_200_000
"""2024-11-01T00:00:00Z: nothing is stamped before it."""
_EPOCH = datetime(1970, 1, 1)
HOUR = 3_600_000
DAY = 24 * HOUR


@cache
def midnight(zone: str, day: int) -> int:
    """The local midnight that begins `day`."""
    return int(datetime.combine(date.fromordinal(day), datetime.min.time(), ZoneInfo(zone)).timestamp() * 1000)


def local_day(zone: str, stamp: int) -> int:
    """The local date of a stamp, as an ordinal."""
    return datetime.fromtimestamp(stamp / 1000, ZoneInfo(zone)).date().toordinal()


def weekday(day: int) -> int:
    """0 is Monday."""
    return (day + 6) % 7


def working(day: int) -> int:
    """The day itself, or the Monday after a weekend."""
    return day + (0, 0, 0, 0, 0, 2, 1)[weekday(day)]


def office(zone: str, day: int, u: float) -> int:
    """A stamp in the working hours of `day`, or of the next working day."""
    return midnight(zone, working(day)) + int((8.5 + 9.5 * u) * HOUR)


def growth(day: int) -> float:
    """Business volume against the mean of the first two years: about 12 % more every year, for ten years."""
    years = (day - FIRST) / 365.25
    return 0.88 + 0.12 * min(years, 10.0)


def season(day: int, low: int, depth: float) -> float:
    """Yearly swing: least around the day of year `low`, by `depth` of the mean."""
    angle = 2 * pi * (date.fromordinal(day).timetuple().tm_yday - low) / 365.25
    return 1 + depth * sin(angle - pi / 2)


def first_of_month(day: int) -> int:
    return date.fromordinal(day).replace(day=1).toordinal()


def last_of_month(day: int) -> int:
    return (date.fromordinal(first_of_month(day) + 32).replace(day=1) - timedelta(days=1)).toordinal()


def iso(stamp: int) -> str:
    """A stamp as the vendors write it: 2026-10-31T09:30:00.000Z."""
    return (_EPOCH + timedelta(milliseconds=stamp)).isoformat(timespec="milliseconds") + "Z"
