"""Landing one night of a source: what changed since its watermark, and the days that are asked for or restated."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pyarrow as pa

from include.company import ConfigError
from include.lake import REJECTS, TABLES, Lake, Landing
from include.lake.landing import start_of
from include.sources.client import Session
from include.sources.errors import SourceError
from include.sources.source import Days, Landed, Source
from include.sources.strict import Batch, Raw, read

OVERLAP = timedelta(minutes=10)
"""Vendors' search indexes lag behind their clocks."""
NEW_SHAPE = "compare what it sends with its documentation, its interface may have changed; nothing was landed"


def land(source: Source, session: Session | None, lake: Lake, days: Days, repull: bool = False) -> Landed:
    """Pull what `source` changed for `days` and land it; its watermark moves only if all of it was landed.

    `repull` also takes again the changes since the start of `days` that the manifest says are known. Raises
    SourceError, which names the source and the days; then nothing counts as pulled.
    """
    asked = {table: due(source, lake, table, days, repull) for table in source.tables}
    with told(source, days):
        landings = pulled(source, session, asked)
    entries = [lake.land(landing) for landing in landings]
    lake.record(source.name, entries)
    landed = {landing.table for landing in landings}
    return Landed(source.name, tuple(entries), tuple(table for table in source.tables if table not in landed))


def due(source: Source, lake: Lake, table: str, days: Days, repull: bool) -> Days:
    """What a night has to ask of `table`: dated tables by date, log tables by when they changed."""
    if TABLES[table].kind == "dated":
        return Days(_first_due(source, lake, table, days.first), days.last)
    seen = () if repull else lake.marks(source.name, table)
    return Days(days.first, days.last, since=_since(source, lake, table, days, repull), seen=seen)


def _first_due(source: Source, lake: Lake, table: str, first: date) -> date:
    """The restatement window before `first`, or the first gap since the first day ever pulled if that is earlier."""
    restated = first - timedelta(days=source.restated(table))
    known = lake.first_day(source.name, table)
    gaps = lake.missing_days(source.name, table, known, restated) if known else []
    return min([restated, *gaps])


def _since(source: Source, lake: Lake, table: str, days: Days, repull: bool) -> datetime:
    """The watermark or the start of the range, whichever is earlier; the watermark where the manifest has no gap."""
    start, mark = start_of(days.first), lake.watermark(source.name, table)
    known = lake.complete_since(source.name, table)
    if mark and known and known <= start and not repull:
        return mark - OVERLAP
    return min(start, mark or start) - OVERLAP


def pulled(source: Source, session: Session | None, asked: Mapping[str, Days]) -> list[Landing]:
    """One landing for each table that the source holds. Requests are counted with the first of them."""
    own = session.fork() if session else None
    marks = source.marks()  # before the pull: what changes meanwhile is pulled again
    raws: dict[str, list[Raw]] = {}
    for table, page in source.fetch(own, asked):
        raws.setdefault(table, []).extend(page)
    at = source.clock(own)
    spent = [own.requests if own else 0]
    found = {table: read(source.name, table, raws[table], days.first) for table, days in asked.items() if table in raws}
    return [
        replace(landing(source.name, [batch], asked[table], at, spent.pop() if spent else 0), mark=marks.get(table))
        for table, batch in found.items()
    ]


def landing(source: str, batches: Iterable[Batch], days: Days, at: datetime, requests: int) -> Landing:
    """What all `batches` of one table together land."""
    found = list(batches)
    table = found[0].table
    rows = pa.Table.from_batches([batch.rows for batch in found], TABLES[table].schema)
    return Landing(
        source,
        table,
        days.first,
        days.last,
        at,
        rows,
        landed=sum(batch.landed for batch in found),
        rejects=pa.Table.from_batches([batch.rejects for batch in found], REJECTS),
        superseded=sum(batch.superseded for batch in found),
        requests=requests,
        since=days.since,
    )


@contextmanager
def told(source: Source, days: Days) -> Iterator[None]:
    """An error of the pull inside names this source and these days. An answer of another shape than the vendor
    documents (a field gone, a list where an object was) breaks the mapping wherever it is read first: nothing is landed
    of it, and the error says so."""
    try:
        yield
    except SourceError as fault:
        raise fault.located(source.name, days.first, days.last) from fault.__cause__
    except ConfigError:
        raise
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as fault:
        what = f"an answer is not of the shape we know ({type(fault).__name__}: {fault})"
        raise SourceError(what, NEW_SHAPE).located(source.name, days.first, days.last) from fault
