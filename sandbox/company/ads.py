"""Ad platforms: spend, clicks and conversions by campaign, day and country, restated for thirty days."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from sandbox.company.calendar import FIRST, midnight, weekday
from sandbox.company.campaigns import ACCOUNTS, Account, Campaign
from sandbox.company.chance import Draw
from sandbox.company.markets import LEADS_PER_YEAR
from sandbox.company.people import expected

SUBJECT = 5
SETTLED_DAYS = 30
WEEK = (1.06, 1.1, 1.1, 1.08, 1.0, 0.82, 0.84)


@dataclass(frozen=True)
class Spend:
    """One campaign, day and country (None = the whole campaign). `cost` in millionths of the account's currency."""

    day: int
    campaign: Campaign
    country: str | None
    cost: int
    impressions: int
    clicks: int
    conversions: float
    value: float


def today(account: Account, now: datetime) -> int:
    """The account's own date."""
    return now.astimezone(ZoneInfo(account.market.zone)).date().toordinal()


def totals(seed: int, leads_per_year: int, account: Account, day: int, now: datetime) -> list[Spend]:
    """Every campaign's day as known now: nothing of the future, less of today, the last month a little short."""
    if day > today(account, now):
        return []
    known = _known(account, day, now)
    return [_shrunk(spend, known) for spend in _final(seed, leads_per_year, account, day)]


def by_country(account: Account, total: Spend) -> list[Spend]:
    """A campaign's day by country of presence; what is left of the total is in no country."""
    return [_shrunk(total, share, country) for country, share in account.abroad.items()]


def _known(account: Account, day: int, now: datetime) -> float:
    """The share of a day's final numbers that the platform shows at `now`."""
    age = today(account, now) - day
    passed = (now.timestamp() * 1000 - midnight(account.market.zone, day)) / 86_400_000
    return min(1.0, passed) * (1 - 0.04 * max(0.0, 1 - age / SETTLED_DAYS))


def _shrunk(spend: Spend, share: float, country: str | None = None) -> Spend:
    return Spend(
        spend.day, spend.campaign, country, int(spend.cost * share), int(spend.impressions * share),
        int(spend.clicks * share), round(spend.conversions * share, 2), round(spend.value * share, 2),
    )  # fmt: skip


def _cents(micros: float) -> int:
    """Platforms charge whole cents."""
    return int(micros) // 10_000 * 10_000


@cache
def _final(seed: int, leads_per_year: int, account: Account, day: int) -> tuple[Spend, ...]:
    """What the day will be once it no longer moves."""
    draw = Draw(seed, SUBJECT + 100 * (ACCOUNTS.index(account) + 1), day)
    running = [campaign for campaign in account.campaigns if campaign.since <= day]
    return (
        tuple(_campaign_day(draw, account, campaign, day, leads_per_year) for campaign in running)
        if day >= FIRST
        else ()
    )


def _campaign_day(draw: Draw, account: Account, campaign: Campaign, day: int, leads_per_year: int) -> Spend:
    mean = leads_per_year / 365.25 * account.market.share
    busy = expected(account.market, day, leads_per_year) / mean * WEEK[weekday(day)] / (0.6 + 0.4 * WEEK[weekday(day)])
    volume = account.daily * campaign.weight * leads_per_year / LEADS_PER_YEAR * busy * draw.lognormal(1.0, 0.18)
    cost = _cents(volume * 1_000_000)
    price = account.daily / 480 * (1.6 if campaign.channel == "paid_search" else 0.7)
    clicks = int(volume / price * draw.between(0.9, 1.1))
    conversions = round(clicks * draw.between(0.015, 0.03), 2)
    return Spend(
        day, campaign, None, cost, int(clicks * draw.between(18, 40)), clicks, conversions,
        round(conversions * account.daily / 20, 2),
    )  # fmt: skip
