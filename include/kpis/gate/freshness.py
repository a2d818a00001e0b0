"""Freshness: whether each source was read, to its end, after the region's day had ended.

A required source that was not holds; within `grace_hours` before the day's end, and for any other source, it warns.
Asked of the manifest when a report is made or mailed, so a pull that came meanwhile counts.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from include.company import Company, Region, SourceConfig
from include.kpis.gate.finding import Finding
from include.lake import TABLES, Lake

Held = Mapping[str, tuple[str, ...]]


def freshness(lake: Lake, company: Company, region: Region, day: date, held: Held) -> Iterator[Finding]:
    """A finding for each source serving `region` that does not cover `day`; `held` names what each may hold."""
    grace = timedelta(hours=company.gate.freshness.grace_hours)
    for source in company.sources.values():
        if not source.serves(region.id):
            continue
        if lacking := _uncovered(lake, source, held.get(source.name, ()), region, day, timedelta()):
            late = source.required and _uncovered(lake, source, held.get(source.name, ()), region, day, grace)
            yield Finding(
                "freshness", "hold" if late else "warn", lacking, region.id, source.name, "", day, day, 0, 0,
            )  # fmt: skip


def _uncovered(
    lake: Lake, source: SourceConfig, held: tuple[str, ...], region: Region, day: date, grace: timedelta
) -> str:
    """Of a source that was ever read, the tables it turned out to have; of another, all that it may have."""
    known = [table for table in TABLES if lake.watermark(source.name, table)]
    if not known:
        return ", ".join(held) or "any table"
    cutoff = region.cutoff(day) - grace
    return ", ".join(table for table in known if not lake.covers(source.name, table, day, cutoff))
