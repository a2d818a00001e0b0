"""The plan: what each team should reach, month by month, decided in October for the year that follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sandbox.company.calendar import FIRST_DATE, growth, last_of_month, season
from sandbox.company.firms import Firms
from sandbox.company.markets import ES, LEADS_PER_YEAR, MY, TEAMS, Market
from sandbox.company.reps import team

BY_REP = MY
"""This market plans bookings for each rep only; the others for the team only; nobody for the company."""
REVISED = ES
BOOKINGS = {"US": 640_000, "MX": 1_750_000, "ES": 172_000, "CN": 1_950_000, "MY": 255_000}
"""Bookings of a mean month of 2025, in each market's currency."""
RATES = {
    "lead_to_mql_rate": {"US": 0.46, "MX": 0.39, "ES": 0.43, "CN": 0.46, "MY": 0.35},
    "win_rate": {"US": 0.25, "MX": 0.19, "ES": 0.23, "CN": 0.28, "MY": 0.18},
}
COMPANY_RATES = {"lead_to_mql_rate": "0.43", "win_rate": "0.23", "cac": "14000"}
CAC = {"US": 19_500, "MX": 210_000, "ES": 14_500, "CN": 62_000, "MY": 46_000}


@dataclass(frozen=True)
class Target:
    """`region` None = the company. Known from `since`, in UTC."""

    first: date
    metric: str
    region: str | None
    value: Decimal
    since: datetime
    currency: str | None = None
    rep: int | None = None

    @property
    def last(self) -> date:
        return date.fromordinal(last_of_month(self.first.toordinal()))


def targets(firms: Firms, now: datetime) -> list[Target]:
    """Every version of the plan that is known now."""
    scale = firms.leads_per_year / LEADS_PER_YEAR
    months = [date(year, month, 1) for year in range(2024, now.year + 2) for month in range(1, 13)]
    drawn = (target for month in months if month >= FIRST_DATE for target in _month(firms, month, scale))
    return [target for target in drawn if target.since <= now]


def _month(firms: Firms, month: date, scale: float) -> Iterator[Target]:
    since = datetime(month.year - 1, 10, 15, 9, tzinfo=UTC)
    for market in TEAMS:
        yield from _bookings(firms, market, month, since, scale)
        leads = firms.leads_per_year / 12 * market.share * growth(month.toordinal())
        mqls = round(leads * RATES["lead_to_mql_rate"][market.code])
        yield Target(month, "mql_count", market.region, Decimal(mqls), since)
        yield Target(month, "sql_count", market.region, Decimal(round(mqls * market.sql)), since)
        for metric, values in RATES.items():
            yield Target(month, metric, market.region, Decimal(str(values[market.code])), since)
        yield Target(month, "cac", market.region, Decimal(CAC[market.code]), since, market.currency)
    for metric, value in COMPANY_RATES.items():
        yield Target(month, metric, None, Decimal(value), since, "USD" if metric == "cac" else None)


def _bookings(firms: Firms, market: Market, month: date, since: datetime, scale: float) -> Iterator[Target]:
    day = month.toordinal()
    ramp = 0.45 + 0.55 * min(1.0, (day - FIRST_DATE.toordinal()) / 150)
    amount = BOOKINGS[market.code] * scale * ramp * growth(day) ** 4 * season(day + 15, market.low_day, market.depth)
    whole = Decimal(round(amount / 1_000) * 1_000)
    if market is BY_REP:
        reps = team(firms.seed, market.code)
        share = (whole / len(reps)).quantize(Decimal(1))
        for rep in reps:
            yield Target(month, "bookings", market.region, share, since, market.currency, rep.id)
        return
    yield Target(month, "bookings", market.region, whole, since, market.currency)
    if market is REVISED and date(2026, 7, 1) <= month <= date(2026, 12, 1):
        revised = datetime(2026, 6, 20, 9, tzinfo=UTC)
        yield Target(month, "bookings", market.region, whole * Decimal("0.9"), revised, market.currency)
