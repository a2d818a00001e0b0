"""Campaigns: the ad platforms' (by number) and the rest (by name), and which one a lead came through."""

from dataclasses import dataclass

from sandbox.company.calendar import FIRST
from sandbox.company.chance import Draw
from sandbox.company.markets import CN, ES, HOSTILE, MX, MY, US, Market


@dataclass(frozen=True, eq=False)
class Campaign:
    """An ad campaign. `weight` is its share of the account's spend; `since` the first local day it runs."""

    id: str
    name: str
    channel: str
    type: str
    weight: float
    since: int = FIRST


@dataclass(frozen=True, eq=False)
class Account:
    """An ad account; `daily` is its spend of a mean day, in its own currency."""

    id: str
    market: Market
    platform: str
    daily: float
    campaigns: tuple[Campaign, ...]
    abroad: dict[str, float]
    """Where its clicks come from, by country; the rest of 1 is in no country."""


def _campaigns(base: int, brand: str, extra: str) -> tuple[Campaign, ...]:
    return (
        Campaign(str(base + 1), f"{brand} | Brand", "paid_search", "SEARCH", 0.22),
        Campaign(str(base + 2), f"{brand} | Generic", "paid_search", "SEARCH", 0.28),
        Campaign(str(base + 3), f"{brand} | Performance Max", "paid_search", "PERFORMANCE_MAX", 0.16),
        Campaign(str(base + 4), f"{brand} | Demand Gen", "paid_social", "DEMAND_GEN", 0.18),
        Campaign(str(base + 5), f"{brand} | Video", "paid_social", "VIDEO", 0.10),
        Campaign(str(base + 6), extra, "paid_social", "DISPLAY", 0.06, FIRST + 90),
    )


GOOGLE = (
    Account(
        "1000000001", US, "google_ads", 2_900, _campaigns(21_000_000_000, "US", HOSTILE[0]), {"US": 0.94, "CA": 0.03}
    ),
    Account(
        "1000000002", MX, "google_ads", 15_500, _campaigns(22_000_000_000, "MX", HOSTILE[1]), {"MX": 0.93, "GT": 0.04}
    ),
    Account(
        "1000000003", ES, "google_ads", 880, _campaigns(23_000_000_000, "ES", HOSTILE[2]), {"ES": 0.92, "PT": 0.05}
    ),
    Account(
        "1000000005",
        MY,
        "google_ads",
        1_650,
        _campaigns(25_000_000_000, "MY", "MY | Display"),
        {"MY": 0.91, "SG": 0.06},
    ),
)
BAIDU = Account(
    "bd-4410",
    CN,
    "baidu",
    8_800,
    (
        Campaign("41001", "品牌词", "paid_search", "SEARCH", 0.30),
        Campaign("41002", "行业词", "paid_search", "SEARCH", 0.34),
        Campaign("41003", "信息流", "paid_social", "FEED", 0.24),
        Campaign("41004", "=1+1", "paid_social", "FEED", 0.12),
    ),
    {"CN": 1.0},
)
ACCOUNTS = (*GOOGLE, BAIDU)
_OF_MARKET = {account.market.code: account for account in ACCOUNTS}


def campaign_of(draw: Draw, market: Market, channel: str, day: int) -> str | None:
    """What utm_campaign says: the platform's campaign number, a mailing's or event's name, or nothing."""
    if channel in ("paid_search", "paid_social"):
        running = [c for c in _OF_MARKET[market.code].campaigns if c.channel == channel and c.since <= day]
        return draw.pick(running).id
    quarter = 1 + (day - FIRST) // 91
    if channel == "email":
        return draw.pick(HOSTILE) if draw.chance(0.02) else f"mail-{quarter:02d}"
    return f"event-{quarter:02d}" if channel == "event" else None
