"""China's ad spend, which reaches the company as a file: one row a campaign and day, once the day is over."""

from dataclasses import dataclass
from decimal import Decimal

from sandbox.company.ads import totals
from sandbox.company.calendar import FIRST, midnight
from sandbox.company.campaigns import BAIDU, Campaign
from sandbox.company.spoiled import spoiled
from sandbox.world import World

FILE = 1
WAYS = ("spend", "currency", "country", "cells", "twice")


@dataclass(frozen=True)
class BaiduRow:
    """`wrong` says how the row is spoiled: `twice` means an older, wrong row of the same key stands before it."""

    day: int
    campaign: Campaign
    spend: Decimal
    impressions: int
    clicks: int
    wrong: str | None

    @property
    def counts(self) -> bool:
        """Whether the row can be used."""
        return self.wrong in (None, "twice")


def baidu_rows(world: World) -> list[BaiduRow]:
    """Every day that has ended in China."""
    zone = BAIDU.market.zone
    ended = (day for day in world.days if midnight(zone, day + 1) <= world.clock.ms)
    return [row for day in ended for row in _day(world, day)]


def _day(world: World, day: int) -> list[BaiduRow]:
    found = totals(world.seed, world.leads_per_year, BAIDU, day, world.clock.now)
    return [
        BaiduRow(
            day, total.campaign, Decimal(total.cost // 10_000) / 100, total.impressions, total.clicks,
            spoiled(world.seed, FILE, (day - FIRST) * 10 + n, WAYS),
        )
        for n, total in enumerate(found)
    ]  # fmt: skip
