"""Visitors of the web site by day, week and month, country and channel; China's site is counted by nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from sandbox.company.calendar import FIRST, first_of_month, last_of_month, weekday
from sandbox.company.chance import Draw
from sandbox.company.markets import CHANNELS, ELSEWHERE, ES, MX, MY, US, Market
from sandbox.company.people import expected
from sandbox.company.spoiled import spoiled

SUBJECT = 8
FILE = 2
WAYS = ("country", "cells", "date", "visitors")
WEB_CHANNELS = CHANNELS[:6]
LEADS_PER_VISITOR = {
    "organic_search": 0.020, "paid_search": 0.034, "paid_social": 0.013, "email": 0.042, "referral": 0.030,
    "direct": 0.017,
}  # fmt: skip
APPETITE = {"US": 1.0, "MX": 0.78, "ES": 0.92, "MY": 0.66, "SG": 0.5, "CO": 0.5, "PT": 0.5}
"""How readily a country's visitors leave their address."""
ALL, OVERLAP, RETURNING = "all", 0.93, {"day": 1.0, "week": 0.83, "month": 0.69}
CITIES = {
    "US": (("NY", "New York", 0.15), ("CA", "San Francisco", 0.13)), "MX": (("CMX", "Ciudad de México", 0.33),),
    "ES": (("MD", "Madrid", 0.31), ("CT", "Barcelona", 0.26)), "MY": (("14", "Kuala Lumpur", 0.4),),
}  # fmt: skip
MARKET_OF: dict[str, Market] = {
    "US": US,
    "MX": MX,
    "ES": ES,
    "MY": MY,
    "SG": ELSEWHERE,
    "CO": ELSEWHERE,
    "PT": ELSEWHERE,
}


@dataclass(frozen=True)
class Visits:
    """Distinct visitors of a period. `state` and `city` None = the whole country; channel `all` = the true total."""

    grain: str
    start: int
    channel: str
    country: str
    state: str | None
    city: str | None
    visitors: int
    wrong: str | None


def visits(seed: int, leads_per_year: int, now: datetime) -> Iterator[Visits]:
    """A row for every period that has ended in its country."""
    for row, (country, market) in enumerate(MARKET_OF.items()):
        over = now.astimezone(ZoneInfo(market.zone)).date().toordinal() - 1
        for day in range(FIRST, over + 1):
            yield from _period(seed, leads_per_year, country, row, "day", day, day)
            if weekday(day) == 6:
                yield from _period(seed, leads_per_year, country, row, "week", day - 6, day)
            if day == last_of_month(day):
                yield from _period(seed, leads_per_year, country, row, "month", first_of_month(day), day)


def _period(
    seed: int, leads_per_year: int, country: str, row: int, grain: str, first: int, last: int
) -> Iterator[Visits]:
    """A period's rows: each channel, the total, and the total of some cities."""
    days = [_day(seed, leads_per_year, day)[country] for day in range(max(first, FIRST), last + 1)]
    counts = {channel: round(sum(day[channel] for day in days) * RETURNING[grain]) for channel in days[0]}
    spots: list[tuple[str | None, str | None, str, int]] = [
        (None, None, channel, count) for channel, count in counts.items()
    ]
    spots += [(state, city, ALL, round(counts[ALL] * share)) for state, city, share in CITIES.get(country, ())]
    for n, (state, city, channel, count) in enumerate(spots):
        wrong = spoiled(seed, FILE, first * 1_000 + row * 20 + n, WAYS) if grain == "day" else None
        yield Visits(grain, first, channel, country, state, city, count, wrong)


@cache
def _day(seed: int, leads_per_year: int, day: int) -> dict[str, dict[str, int]]:
    """Visitors of a day by country."""
    draw = Draw(seed, SUBJECT, day)
    return {country: _of_country(draw, leads_per_year, country, day) for country in MARKET_OF}


def _of_country(draw: Draw, leads_per_year: int, country: str, day: int) -> dict[str, int]:
    """Visitors by channel, and in all: some come through two."""
    market = MARKET_OF[country]
    leads = expected(market, day, leads_per_year) * (0.25 if market is ELSEWHERE else 1.0)
    shares = {channel: market.mix.share(channel) for channel in WEB_CHANNELS}
    counts = {
        channel: round(leads * share / LEADS_PER_VISITOR[channel] / APPETITE[country] * draw.lognormal(1.0, 0.1))
        for channel, share in shares.items()
        if share > 0
    }
    return counts | {ALL: round(sum(counts.values()) * OVERLAP)}
