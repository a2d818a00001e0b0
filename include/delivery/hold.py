"""The gate before the mail: a report without a source that its region needs is made, and held."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from include.company import Company, Region


class Covers(Protocol):
    """The one question asked of the lake: whether `source` landed all of `table` that a report of `day` may know."""

    def covers(self, source: str, table: str, day: date, cutoff: datetime) -> bool: ...


def reasons_to_hold(
    company: Company, region: Region, day: date, tables: Mapping[str, Iterable[str]], lake: Covers
) -> list[str]:
    """Why the report of `day` may not be mailed to `region`: one line for each required source that does not cover it.

    `tables` says which tables a source holds. An empty list means: mail it.
    """
    needed = [source.name for source in company.sources.values() if source.required and source.serves(region.id)]
    missing = {
        name: [table for table in tables[name] if not lake.covers(name, table, day, region.cutoff(day))]
        for name in needed
    }
    return [
        f"{name} does not cover {day} in {region.id} (no complete pull of {', '.join(lacking)} that began after "
        f"{region.cutoff(day):%Y-%m-%d %H:%M} UTC): mend the source, then clear its task of this run and those below"
        for name, lacking in missing.items()
        if lacking
    ]
