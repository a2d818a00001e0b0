"""What was known a day ago of the months up to then, and what is known of them now, both from the lake.

A day's scores, read again as they were stored, would compare two states of the lake, and a correction landed in between
would look like one the source made: so the sums of D - 1 are made anew, from the same lake, as known at cutoff(D - 1).
Only a few sums by region and month, of facts that are cheap: <root>/scores/day=<day>/night=<night>/restated.parquet.
Ad spend is not among them: ad platforms keep no history of what they said (include/report/restated.py compares it
with the report of D - 1).
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from include.company import COMPANY, Company
from include.kpis import calendar, stored
from include.kpis.catalogue import KPIS
from include.kpis.kpi import Kpi
from include.kpis.measure import Measure
from include.kpis.settled import materialise
from include.lake import Lake

NAMES = ("bookings", "deals_won", "opportunities_created", "leads_created", "mql_count", "sql_count")
NEEDS = ("deals", "stage_entries")
"""The facts they are sums of."""

RESTATED = pa.schema(
    [
        pa.field("kpi", pa.string(), nullable=False),
        pa.field("region", pa.string(), nullable=False),
        pa.field("month", pa.date32(), nullable=False),
        pa.field("currency", pa.string()),
        pa.field("before", pa.float64(), nullable=False),
        pa.field("after", pa.float64(), nullable=False),
    ]
)
"""One row for each sum that changed: of region (`company`: the whole), up to D - 1. Money in the currency named."""

_SUM = """
select '{kpi}' as kpi, coalesce(region, '{company}') as region, cast(date_trunc('month', {on}) as date) as month,
    {region} as in_region, {whole} as in_company
from {fact}
where {where} and {on} between date '{first}' and date '{last}'
group by grouping sets ((region, month), (month))"""

Sums = dict[tuple[str, str, date, str | None], float]


def restated(connection: duckdb.DuckDBPyConnection, lake: Lake, company: Company, day: date) -> pa.Table:
    """RESTATED of `day`, from a connection that has the facts in NEEDS as of `day`."""
    last = day - timedelta(days=1)
    after = _sums(connection, company, last)
    with closing(lake.connect()) as earlier:
        earlier.execute("set threads = 1")  # a third less work than two, and a small part of the night
        calendar.prepare(earlier, company, last)
        materialise(lake, company, last, earlier, NEEDS)
        before = _sums(earlier, company, last)
    keys = sorted({*before, *after}, key=str)
    pairs = ((*key, before.get(key, 0.0), after.get(key, 0.0)) for key in keys)
    rows = [dict(zip(RESTATED.names, pair, strict=True)) for pair in pairs if abs(pair[-1] - pair[-2]) >= _LEAST]
    return pa.Table.from_pylist(rows, schema=RESTATED)


_LEAST = 0.005
"""Less than half a cent is no change."""


@dataclass(frozen=True)
class Change:
    """A KPI of a month, up to D - 1: as known then, and as known a day later."""

    kpi: str
    month: date
    before: float
    after: float


def changes(lake: Lake, night: str, day: date, region: str) -> tuple[Change, ...] | None:
    """What the scoring of a night found of a region; None where it was scored before there was such a file."""
    file = stored.file(lake.root, night, day, "restated")
    if not file.is_file():
        return None
    rows = pq.read_table(file, partitioning=None, filters=[("region", "=", region)]).to_pylist()
    return tuple(Change(row["kpi"], row["month"], row["before"], row["after"]) for row in rows)


def _sums(connection: duckdb.DuckDBPyConnection, company: Company, last: date) -> Sums:
    first = date(last.year - 1, last.month, 1)
    queries = (_query(KPIS[name], first, last) for name in NAMES if name in KPIS)
    rows = connection.sql("\nunion all".join(queries)).fetchall()
    return dict(chain.from_iterable(_in_money(company, *row) for row in rows))


def _query(kpi: Kpi, first: date, last: date) -> str:
    measure = kpi.numerator
    assert isinstance(measure, Measure)  # NAMES are plain sums
    money = measure.kind == "money"
    region, whole = (f"sum({measure.column}_{side})" if money else "count(*)" for side in ("region", "company"))
    return _SUM.format(
        kpi=kpi.id, company=COMPANY, on=measure.on, where=measure.where, fact=measure.fact,
        region=region, whole=whole if money else "null", first=first, last=last,
    )  # fmt: skip


def _in_money(
    company: Company, kpi: str, region: str, month: date, here: float | None, whole: float | None
) -> Iterator[tuple[tuple[str, str, date, str | None], float]]:
    """Counts in no currency; money in the region's, of the whole in the company's."""
    if KPIS[kpi].in_money:
        own = company.regions[region].currency if region in company.regions else company.currency
        number = whole if region == COMPANY else here
        yield (kpi, region, month, own), float(number or 0)
    else:
        yield (kpi, region, month, None), float(here or 0)
