"""web_sessions_daily.csv: what web analytics exports."""

from collections.abc import Iterator
from datetime import date

from sandbox.company.web import Visits, visits
from sandbox.world import World

HEADER = (
    "period_grain", "period_start", "channel", "campaign_id", "country", "subdivision", "city", "visitors", "sessions",
    "bot_filter_version",
)  # fmt: skip


def rows(world: World) -> Iterator[tuple[object, ...]]:
    yield HEADER
    for one in visits(world.seed, world.leads_per_year, world.clock.now):
        cells = _cells(one)
        yield cells[:-1] if one.wrong == "cells" else cells


def _cells(one: Visits) -> tuple[object, ...]:
    return (
        one.grain,
        "31.13.2025" if one.wrong == "date" else date.fromordinal(one.start),
        one.channel,
        None,
        "QQ" if one.wrong == "country" else one.country,
        f"{one.country}-{one.state}" if one.state else None,
        one.city,
        "many" if one.wrong == "visitors" else one.visitors,
        round(one.visitors * 1.32),
        "2024.2",
    )
