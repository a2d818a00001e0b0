"""ad_spend_daily.csv: what Baidu's console exports."""

from collections.abc import Iterator
from datetime import date

from sandbox.company.baidu import BaiduRow, baidu_rows
from sandbox.company.campaigns import BAIDU
from sandbox.world import World

HEADER = (
    "date", "platform", "ad_account_id", "account_timezone", "campaign_id", "campaign_name", "channel", "country",
    "currency", "impressions", "clicks", "spend", "platform_conversions", "platform_conversion_value",
)  # fmt: skip


def rows(world: World) -> Iterator[tuple[object, ...]]:
    yield HEADER
    for row in baidu_rows(world.seed, world.leads_per_year, world.clock.now):
        if row.wrong == "twice":
            yield _cells(row, "CN", "CNY", row.spend * 2)
        country = "QQ" if row.wrong == "country" else "CN"
        currency = "XQX" if row.wrong == "currency" else "CNY"
        cells = _cells(row, country, currency, -row.spend if row.wrong == "spend" else row.spend)
        yield cells[:-2] if row.wrong == "cells" else cells


def _cells(row: BaiduRow, country: str, currency: str, spend: object) -> tuple[object, ...]:
    campaign = row.campaign
    return (
        date.fromordinal(row.day), BAIDU.platform, BAIDU.id, BAIDU.market.zone, campaign.id, campaign.name,
        campaign.channel, country, currency, row.impressions, row.clicks, spend,
        row.conversions, row.value,
    )  # fmt: skip
