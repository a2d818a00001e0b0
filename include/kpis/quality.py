"""How far one region's data of a day can be trusted: what came, what was rejected, and what could not be counted."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import pyarrow.parquet as pq

from include.company import Company, Region, SourceConfig
from include.kpis import calendar, gaps, stored
from include.kpis.relations import materialise
from include.lake import Lake, TableHealth

REASONS_SHOWN = 10


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
    """The state of the data behind the region's report of `day`: what the last scoring of its night found, or finds
    now if there was none."""
    health = lake.health()
    serving = [source for source in company.sources.values() if source.serves(region.id)]
    names = {source.name for source in serving}
    found = [row for row in _gaps(lake, company, region, day) if region.is_company or row["region"] == region.id]
    return Quality(
        tuple(_source(lake, source, health, region, day) for source in serving),
        _reasons([each for each in health if each.source in names]),
        _rates(found),
        sum(row["rows"] for row in found if row["kind"] == "unassigned"),
        sum(row["rows"] for row in found if row["kind"] == "negative_duration"),
    )


def _gaps(lake: Lake, company: Company, region: Region, day: date) -> list[dict[str, Any]]:
    nights = [night for night in company.nights.values() if region.id in night.regions]
    known = stored.file(lake.root, (nights or [company.company_night])[0].id, day, "gaps")
    if known.exists():
        rows = pq.read_table(known)
    else:
        with closing(lake.connect()) as connection:
            calendar.prepare(connection, company, day)
            materialise(connection, gaps.NEEDS)
            rows = gaps.gaps(connection, day)
    told: list[dict[str, Any]] = rows.to_pylist()
    return told


def _rates(found: list[dict[str, Any]]) -> tuple[tuple[str, date, int], ...]:
    counts: Counter[tuple[str, date]] = Counter()
    for row in found:
        if row["kind"] == "rate":
            counts[row["currency"], row["day"]] += row["rows"]
    return tuple((currency, day, count) for (currency, day), count in sorted(counts.items()))


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
    counts: Counter[str] = Counter()
    for each in health:
        counts.update(each.reasons)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:REASONS_SHOWN])
