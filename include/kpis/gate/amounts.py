"""Amounts: whether they are of the usual size. Cents taken for units, a currency for another, two noughts too many.

The amounts of half a year, by table, region and kind, say what is usual: their median, their spread, and the largest.
Amounts of business spread over orders of magnitude, so all is compared as ratios. Two questions are asked:

typical   Is the median of a day's amounts many times, or a small part of, the usual one? All rows of a pull at fault.
largest   Is one amount many times the largest ever seen? One row at fault, which no median shows.

The first only where the median is also beyond what the spread lets it be (`deviations`), so that a region whose deals
differ a hundredfold is not held for it; the second knows the spread by its largest. Both ask nothing below `least`
amounts known. The last month (or a table's restatement window, if longer)
is judged and not asked what is usual, since one pull may have spoilt all of it. What holds goes on to hold while it is
there, not only on its first day; a warning is news of its day alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

import duckdb

from include.kpis import calendar
from include.kpis.gate.finding import Finding, Level
from include.lake import TABLES
from include.thresholds import Amounts

JUDGED, KNOWN = 31, 182
"""Days."""
FEWEST = 3
"""The median of fewer amounts is any amount; whether one is too large, the other question asks."""
NARROWEST = 0.1
"""Salaries and rates hardly differ; a tenth more is still no news."""

_SQL = """
with placed as (
    select a.source_table, a.kind, a.region, a.day, a.amount, ln(a.amount) as size, a.day < j.first as is_known
    from day_amounts as a
    join judged as j on j.source_table = a.source_table
    where a.day between j.first - {known} and {day}
),
known as (
    select
        source_table, kind, region, count(*) as n, median(size) as middle, mad(size) as spread, max(amount) as largest
    from placed
    where is_known
    group by all
)
select p.source_table, p.kind, p.region, p.day, count(*), median(p.size), max(p.amount),
    any_value(k.n), any_value(k.middle), any_value(k.spread), any_value(k.largest)
from placed as p
join known as k using (source_table, kind, region)
where not p.is_known
group by p.source_table, p.kind, p.region, p.day
order by all"""


@dataclass(frozen=True)
class Known:
    """Of the amounts before: how many, the logarithm of their median, their spread as a logarithm, the largest."""

    n: int
    middle: float
    spread: float
    largest: float


@dataclass(frozen=True)
class Batch:
    """Of one day's amounts: how many, the logarithm of their median, the largest."""

    n: int
    middle: float
    largest: float


def amounts(connection: duckdb.DuckDBPyConnection, day: date, limits: Amounts) -> Iterator[Finding]:
    """What is unusual about the amounts up to `day`; the connection has day_amounts."""
    judged = ((name, day - timedelta(days=max(JUDGED, table.restated_days + 1) - 1)) for name, table in TABLES.items())
    calendar.table(connection, "judged", "source_table, first date", judged)
    rows = connection.execute(_SQL.format(known=KNOWN, day=f"date '{day}'")).fetchall()
    found = [each for row in rows for each in _findings(row, limits) if each.level == "hold" or each.last == day]
    yield from _gravest(found)


def _findings(row: tuple[object, ...], limits: Amounts) -> Iterator[Finding]:
    name, kind, region, day, *numbers = row
    batch, known = Batch(*numbers[:3]), Known(*numbers[3:])  # type: ignore[arg-type]
    for what, level, found, usual in judge(batch, known, limits):
        yield Finding("amounts", level, str(name), str(region), "", f"{what} {kind}", day, day, found, usual)  # type: ignore[arg-type]


def judge(batch: Batch, known: Known, limits: Amounts) -> Iterator[tuple[str, Level, float, float]]:
    """typical or largest, how grave, the amount, and the usual one."""
    if known.n < limits.least:
        return
    width = max(1.4826 * known.spread, NARROWEST)
    apart = abs(batch.middle - known.middle)
    level = _level(exp(apart), limits.warn_times, limits.hold_times)
    if level and batch.n >= FEWEST and apart >= limits.deviations * width / batch.n**0.5:
        yield "typical", level, exp(batch.middle), exp(known.middle)
    level = _level(batch.largest / known.largest, limits.largest_warn_times, limits.largest_hold_times)
    if level:
        yield "largest", level, batch.largest, known.largest


def _level(times: float, warn: float, hold: float) -> Level | None:
    return "hold" if times >= hold else "warn" if times >= warn else None


def _gravest(found: Iterable[Finding]) -> Iterator[Finding]:
    """One finding a table and region: the gravest, then the latest."""
    first: dict[tuple[str, str | None], Finding] = {}
    for each in sorted(found, key=lambda each: (each.level != "hold", -each.last.toordinal(), each.what)):
        first.setdefault((each.table, each.region), each)
    yield from first.values()
