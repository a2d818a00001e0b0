"""China's ad spend, which reaches the company as a file: one row a campaign and day, once the day is over."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sandbox.company.ads import today, totals
from sandbox.company.calendar import FIRST
from sandbox.company.campaigns import BAIDU, Campaign
from sandbox.company.spoiled import spoiled

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
    conversions: float
    value: float
    wrong: str | None

    @property
    def counts(self) -> bool:
        """Whether the row can be used."""
        return self.wrong in (None, "twice")


def baidu_rows(seed: int, leads_per_year: int, now: datetime) -> list[BaiduRow]:
    """Every day that has ended in China."""
    return [row for day in range(FIRST, today(BAIDU, now)) for row in _day(seed, leads_per_year, day, now)]


def _day(seed: int, leads_per_year: int, day: int, now: datetime) -> list[BaiduRow]:
    return [
        BaiduRow(
            day=day,
            campaign=total.campaign,
            spend=Decimal(total.cost // 10_000) / 100,
            impressions=total.impressions,
            clicks=total.clicks,
            conversions=total.conversions,
            value=total.value,
            wrong=spoiled(seed, FILE, (day - FIRST) * 10 + n, WAYS),
        )
        for n, total in enumerate(totals(seed, leads_per_year, BAIDU, day, now))
    ]
