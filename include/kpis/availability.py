"""From when to when the data of a region is complete, by what the manifest says of the sources that serve it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from include.company import COMPANY, Company, Region
from include.kpis.kpi import Kpi
from include.kpis.relations import facts
from include.lake import Lake

RATES = "fx_rates"
LOOK_BACK = 62
"""A source this many days late counts as never having come."""


@dataclass(frozen=True)
class Held:
    """A table from a source: what it has from `first` to `last`, complete."""

    source: str
    table: str
    first: date
    last: date


def tables_of(kpi: Kpi) -> tuple[str, ...]:
    """The landed tables a KPI cannot do without: those of its facts, and rates where it is money."""
    needs = [table for measure in kpi.measures for table in facts()[measure.fact].needs]
    return tuple(dict.fromkeys([*needs, *([RATES] if kpi.in_money else [])]))


def held(lake: Lake, company: Company, region: Region, day: date) -> list[Held]:
    """Every table that a source serving `region` has brought, with its complete days up to `day`. One that has not
    ended a day in LOOK_BACK days is complete for none: its `last` is before its `first`. A company of one currency has
    all the rates it needs; an amount in another is named as one without a rate."""
    found = []
    for entry in lake.health():
        source = company.sources.get(entry.source)
        if source is not None and source.serves(region.id) and entry.first_day is not None:
            last = next(_covered(lake, entry.source, entry.table, region, day), entry.first_day - timedelta(days=1))
            found.append(Held(entry.source, entry.table, entry.first_day, last))
    if len({each.currency for each in company.regions.values()}) == 1 and all(each.table != RATES for each in found):
        found.append(Held("", RATES, date.min, day))
    return found


def _covered(lake: Lake, source: str, table: str, region: Region, day: date) -> Iterator[date]:
    for back in range(LOOK_BACK):
        that = day - timedelta(days=back)
        if lake.covers(source, table, that, region.cutoff(that)):
            yield that


def window(kpi: Kpi, tables: list[Held]) -> tuple[date, date] | None:
    """The days for which all that `kpi` needs is there; None if a table has no source."""
    needs = [[each for each in tables if each.table == name] for name in tables_of(kpi)]
    if not all(needs):
        return None
    first = max(min(each.first for each in sources) for sources in needs)
    return first, min(each.last for sources in needs for each in sources)


def serving(company: Company, name: str) -> Region:
    """The region whose sources a row of region `name` depends on: unassigned and unallocated ones are the company's."""
    return company.regions.get(name, company.regions[COMPANY])
