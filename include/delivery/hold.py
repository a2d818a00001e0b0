"""The gate before the mail: a report without a source that its region needs is made, and held."""

from collections.abc import Mapping
from datetime import date

from include.company import Company, Region
from include.lake import TABLES, Lake


def reasons_to_hold(
    company: Company, region: Region, day: date, tables: Mapping[str, tuple[str, ...]], lake: Lake
) -> list[str]:
    """Why the report of `day` may not be mailed to `region`: a line for each required source that does not cover it.

    `tables` names what each source may hold. No line means: mail it.
    """
    needed = [source.name for source in company.sources.values() if source.required and source.serves(region.id)]
    lacking = {source: _uncovered(lake, source, tables[source], region, day) for source in needed}
    return [
        f"{source} does not cover {day}: no complete pull of {missing} began after the day had ended in {region.id} "
        f"({region.cutoff(day):%Y-%m-%d %H:%M} UTC); mend the source, then clear its task in this run"
        for source, missing in lacking.items()
        if missing
    ]


def _uncovered(lake: Lake, source: str, tables: tuple[str, ...], region: Region, day: date) -> str:
    """Of a source that was ever read, the tables it turned out to have; of another, all that it may have."""
    known = [table for table in TABLES if lake.watermark(source, table)]
    if not known:
        return ", ".join(tables) or "any table"
    return ", ".join(table for table in known if not lake.covers(source, table, day, region.cutoff(day)))
