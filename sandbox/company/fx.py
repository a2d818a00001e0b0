"""Invented reference rates in the central bank's rhythm: units of a currency for one euro, on business days."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from math import exp
from zoneinfo import ZoneInfo

from sandbox.company.calendar import weekday
from sandbox.company.chance import NORMAL, noise

SUBJECT = 4
SINCE = date(2023, 12, 1).toordinal()
LEVEL = {
    "USD": 1.09, "JPY": 162.0, "CZK": 25.1, "DKK": 7.46, "GBP": 0.855, "HUF": 398.0, "PLN": 4.31, "SEK": 11.35,
    "CHF": 0.948, "BRL": 6.05, "CAD": 1.49, "CNY": 7.82, "INR": 91.5, "KRW": 1490.0, "MXN": 20.6, "MYR": 4.72,
    "SGD": 1.445,
}  # fmt: skip
RETIRED = ("BGN", "HRK", "RUB")
"""Columns that the real file keeps although no rate is published any more."""
_SWINGS = ((240, 0.035), (61, 0.014), (11, 0.005), (1, 0.0018))


def is_published(day: int) -> bool:
    """Whether the bank fixes rates on a day: weekdays but its six holidays."""
    return weekday(day) < 5 and day not in _holidays(date.fromordinal(day).year)


@cache
def _holidays(year: int) -> frozenset[int]:
    easter = _easter(year).toordinal()
    fixed = [date(year, month, day).toordinal() for month, day in ((1, 1), (5, 1), (12, 25), (12, 26))]
    return frozenset([*fixed, easter - 2, easter + 1])


def _easter(year: int) -> date:
    """The Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def published_at(day: int) -> datetime:
    """16:00 in Frankfurt."""
    moment = datetime.combine(date.fromordinal(day), datetime.min.time(), ZoneInfo("Europe/Berlin"))
    return moment.replace(hour=16).astimezone(UTC)


@cache
def rate(seed: int, currency: str, day: int) -> Decimal:
    """Units of `currency` for one euro, to five figures as the bank rounds."""
    return _rounded(LEVEL[currency] * exp(sum(_wave(seed, currency, day, *swing) for swing in _SWINGS)))


def _rounded(value: float) -> Decimal:
    places = 4 if value < 100 else 2
    return Decimal(f"{value:.{places}f}")


def _wave(seed: int, currency: str, day: int, period: int, size: float) -> float:
    """Smooth noise: values at every `period` days, joined by a straight line."""
    step, into = divmod(day, period)
    here, there = (_knot(seed, currency, period, n) for n in (step, step + 1))
    return size * (here + (there - here) * into / period)


@cache
def _knot(seed: int, currency: str, period: int, n: int) -> float:
    return NORMAL.inv_cdf(noise(seed, SUBJECT + 100 * period + list(LEVEL).index(currency), n) or 0.5)


def budget(seed: int, currency: str, year: int) -> Decimal:
    """The controller's rate for a fiscal year: the mean level, a little off."""
    return Decimal(f"{LEVEL[currency] * (1 + 0.02 * _knot(seed, currency, 3_650, year)):.4f}")
