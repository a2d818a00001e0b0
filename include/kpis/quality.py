"""How far one region's data of a day can be trusted: what came, what was rejected, and what could not be counted."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import pyarrow.parquet as pq

from include.company import Company, Region, SourceConfig
from include.kpis import calendar, gaps, stored
from include.kpis.materialise import materialise
from include.lake import Lake, TableHealth

REASONS_SHOWN = 7
_STORED: tuple[Literal["gaps"], Literal["contents"]] = ("gaps", "contents")


@dataclass(frozen=True)
class SourceHealth:
    """A source that serves the region, with the rows and rejects that the lake held of it up to the day. late: one of
    its tables does not cover the day; missing: nothing ever came."""

    name: str
    tables: tuple[str, ...]
    rows: int
    rejected: int
    last_pull: datetime | None
    status: Literal["ok", "late", "missing"]
    required: bool


@dataclass(frozen=True)
class Quality:
    """`reasons` of rejects with their counts, the most frequent first. `missing_rates`: currency, day, rows whose money
    could not be converted. `unassigned`: leads of the month in no region's place, told to the company alone.
    `missing_costs`: its invoice lines without a variable cost, over which no margin is known.
    `negative_durations`: stage visits that end before they begin, left out of time in stage."""

    sources: tuple[SourceHealth, ...]
    reasons: tuple[tuple[str, int], ...]
    missing_rates: tuple[tuple[str, date, int], ...]
    unassigned: int
    missing_costs: int
    negative_durations: int


def quality(lake: Lake, company: Company, region: Region, day: date) -> Quality:
    """The state of the data behind the region's report of `day`: what the last scoring of its night found, or finds
    now if there was none."""
    health = lake.health()
    serving = [source for source in company.sources.values() if source.serves(region.id)]
    names = {source.name for source in serving}
    gaps, contents = _found(lake, company, region, day)
    found = [row for row in gaps if region.is_company or row["region"] == region.id]
    held = [row for row in contents if row["source"] in names]
    return Quality(
        tuple(_source(lake, source, health, held, region, day) for source in serving),
        _reasons(held),
        _rates(found),
        *(_rows(found, kind) for kind in ("unassigned", "cost", "negative_duration")),
    )


def _rows(found: list[dict[str, Any]], kind: str) -> int:
    return sum(row["rows"] for row in found if row["kind"] == kind)


def _found(
    lake: Lake, company: Company, region: Region, day: date
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The gaps and the contents of the lake."""
    nights = [night for night in company.nights.values() if region.id in night.regions]
    night = (nights or [company.company_night])[0].id
    if stored.file(lake.root, night, day, "contents").exists():
        gaps_found, contents = (pq.ParquetFile(stored.file(lake.root, night, day, what)).read() for what in _STORED)
    else:
        with closing(lake.connect()) as connection:
            calendar.prepare(connection, company, day)
            materialise(connection, gaps.NEEDS)
            gaps_found, contents = gaps.gaps(connection, day), lake.contents(connection, day)
    return gaps_found.to_pylist(), contents.to_pylist()


def _rates(found: list[dict[str, Any]]) -> tuple[tuple[str, date, int], ...]:
    counts: Counter[tuple[str, date]] = Counter()
    for row in found:
        if row["kind"] == "rate":
            counts[row["currency"], row["day"]] += row["rows"]
    return tuple((currency, day, count) for (currency, day), count in sorted(counts.items()))


def _source(
    lake: Lake, source: SourceConfig, health: list[TableHealth], held: list[dict[str, Any]], region: Region, day: date
) -> SourceHealth:
    tables = [each for each in health if each.source == source.name]
    late = [each for each in tables if not lake.covers(source.name, each.table, day, region.cutoff(day))]
    return SourceHealth(
        source.name,
        tuple(each.table for each in tables),
        sum(row["rows"] for row in held if (row["source"], row["kind"]) == (source.name, "row")),
        sum(row["rows"] for row in held if (row["source"], row["kind"]) == (source.name, "reject")),
        max((each.last_pull for each in tables if each.last_pull), default=None),
        "missing" if not tables else "late" if late else "ok",
        source.required,
    )


def _reasons(held: list[dict[str, Any]]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for row in held:
        if row["kind"] == "reason":
            counts[row["reason"]] += row["rows"]
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:REASONS_SHOWN])
