"""How far one region's data of a day can be trusted: what came, what was rejected, and what could not be counted."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import duckdb

from include.company import UNASSIGNED, Company, Region, SourceConfig
from include.kpis import calendar
from include.kpis.relations import materialise
from include.lake import Lake, TableHealth

REASONS_SHOWN = 10
_MONEY_FACTS = ("deals", "ad_costs", "selling_costs")


@dataclass(frozen=True)
class SourceHealth:
    """A source that serves the region. late: one of its tables does not cover the day; missing: nothing ever came."""

    name: str
    tables: tuple[str, ...]
    landed: int
    rejected: int
    superseded: int
    last_pull: datetime | None
    status: Literal["ok", "late", "missing"]
    required: bool


@dataclass(frozen=True)
class Quality:
    """`reasons` of rejects with their counts, the most frequent first. `missing_rates`: currency, day, rows whose money
    could not be converted. `unassigned`: leads of the month in no region's place, told to the company alone.
    `negative_durations`: stage visits that end before they begin, left out of time in stage."""

    sources: tuple[SourceHealth, ...]
    reasons: tuple[tuple[str, int], ...]
    missing_rates: tuple[tuple[str, date, int], ...]
    unassigned: int
    negative_durations: int


def quality(lake: Lake, company: Company, region: Region, day: date) -> Quality:
    """The state of the data behind the region's report of `day`."""
    health = lake.health()
    serving = [source for source in company.sources.values() if source.serves(region.id)]
    names = {source.name for source in serving}
    with closing(lake.connect()) as connection:
        calendar.prepare(connection, company, day)
        materialise(connection, (*_MONEY_FACTS, "stage_entries", "stage_visits"))
        return Quality(
            tuple(_source(lake, source, health, region, day) for source in serving),
            _reasons([each for each in health if each.source in names]),
            _missing_rates(connection, region),
            _unassigned(connection, region, day),
            _negative_durations(connection, region),
        )


def _source(lake: Lake, source: SourceConfig, health: list[TableHealth], region: Region, day: date) -> SourceHealth:
    tables = [each for each in health if each.source == source.name]
    late = [each for each in tables if not lake.covers(source.name, each.table, day, region.cutoff(day))]
    return SourceHealth(
        source.name,
        tuple(each.table for each in tables),
        sum(each.landed for each in tables),
        sum(each.rejected for each in tables),
        sum(each.superseded for each in tables),
        max((each.last_pull for each in tables if each.last_pull), default=None),
        "missing" if not tables else "late" if late else "ok",
        source.required,
    )


def _reasons(health: list[TableHealth]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for each in health:
        for reason, count in each.reasons.items():
            counts[reason] = counts.get(reason, 0) + count
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:REASONS_SHOWN])


def _here(region: Region) -> str:
    return "true" if region.is_company else f"region = '{region.id}'"


def _missing_rates(connection: duckdb.DuckDBPyConnection, region: Region) -> tuple[tuple[str, date, int], ...]:
    facts = " union all ".join(f"select region, currency, day from {fact} where lacks_rate" for fact in _MONEY_FACTS)
    rows = connection.execute(f"""
        select f.currency, f.day, count(*)
        from ({facts}) as f
        join days as d on d.day = f.day
        where {_here(region)}
        group by f.currency, f.day
        order by f.currency, f.day""").fetchall()
    return tuple((currency, day, count) for currency, day, count in rows)


def _unassigned(connection: duckdb.DuckDBPyConnection, region: Region, day: date) -> int:
    if not region.is_company:
        return 0
    return _count(
        connection,
        "stage_entries",
        f"stage = 'lead' and region = '{UNASSIGNED}' and day between '{day.replace(day=1)}' and '{day}'",
    )


def _negative_durations(connection: duckdb.DuckDBPyConnection, region: Region) -> int:
    return _count(connection, "stage_visits", f"days < 0 and {_here(region)}")


def _count(connection: duckdb.DuckDBPyConnection, fact: str, where: str) -> int:
    ((count,),) = connection.execute(f"select count(*) from {fact} where {where}").fetchall()
    return int(count)
