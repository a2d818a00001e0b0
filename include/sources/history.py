"""Loading a history: month by month, resumable, through the same source and HTTP as the nights, as it is known now."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pyarrow as pa

from include.lake import TABLES, Entry, Lake, Landing
from include.lake.entries import entry_of
from include.lake.landing import start_of
from include.lake.merging import latest
from include.lake.staging import Staging
from include.sources.client import Session
from include.sources.night import OVERLAP, land, pulled, told
from include.sources.source import Days, Landed, Source

AT_A_TIME = 3
"""Pieces pulled at a time: while one waits for the vendor or its Retry-After, another is read."""


def load(source: Source, session: Session | None, lake: Lake, days: Days, repull: bool = False) -> Landed:
    """Land all of `days`. Months that the manifest covers are skipped unless `repull`; after a failure the next call
    goes on where this one stopped. Raises SourceError, which names the source and the days."""
    wanted = [table for table in source.tables if repull or _lacks(source, lake, table, days)]
    if not wanted:
        return Landed(source.name)
    if not repull and all(_only_newer(source, lake, table, days) for table in wanted):
        return land(source, session, lake, Days(days.last, days.last))
    return _load(source, session, lake, days, wanted, repull)


def _lacks(source: Source, lake: Lake, table: str, days: Days) -> bool:
    return bool(lake.missing_days(source.name, table, days.first, days.last))


def _only_newer(source: Source, lake: Lake, table: str, days: Days) -> bool:
    """Known from the start of `days` on, up to some day: a night of the last day catches up with the rest."""
    if TABLES[table].kind == "dated":
        first = lake.first_day(source.name, table)
        return first is not None and first <= days.first
    known = lake.complete_since(source.name, table)
    return known is not None and known <= start_of(days.first)


def _load(source: Source, session: Session | None, lake: Lake, days: Days, wanted: list[str], repull: bool) -> Landed:
    since = start_of(days.first) - OVERLAP
    marks = source.marks()
    pieces = [replace(piece, since=since) for piece in source.pieces(days)]
    staging = Staging(lake.root, source.name)
    resumed = any(staging.holds(_name(piece)) for piece in pieces)

    def one(piece: Days) -> list[Entry]:
        return _piece(source, session, lake, staging, _asked(source, lake, wanted, piece, repull), piece)

    entries = [entry for piece in _side_by_side(one, pieces) for entry in piece]
    filed = _file(source, lake, staging, [_name(piece) for piece in pieces], days, {} if resumed else marks)
    found = {entry.table for entry in (*entries, *filed)}
    return Landed(source.name, (*entries, *filed), tuple(table for table in wanted if table not in found))


def _side_by_side(one: Callable[[Days], list[Entry]], pieces: list[Days]) -> list[list[Entry]]:
    """Every piece, a few at a time; after a failure those not begun are left for the next call."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        begun = [pool.submit(one, piece) for piece in pieces]
        try:
            return [each.result() for each in begun]
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _asked(source: Source, lake: Lake, wanted: list[str], piece: Days, repull: bool) -> dict[str, Days]:
    """Of a dated table only the months that lack a day; of a log table every piece."""
    return {
        table: _window(source, table, piece)
        for table in wanted
        if TABLES[table].kind == "log" or repull or _lacks(source, lake, table, piece)
    }


def _window(source: Source, table: str, piece: Days) -> Days:
    """The first piece of a dated table starts its restatement window earlier, as a night does: the rates that hold on
    the first day were published before it."""
    if TABLES[table].kind == "log" or piece.created_from is not None:
        return piece
    return replace(piece, first=piece.first - timedelta(days=source.restated(table)))


def _piece(
    source: Source, session: Session | None, lake: Lake, staging: Staging, asked: dict[str, Days], piece: Days
) -> list[Entry]:
    """Pull one piece: dated tables are filed at once, log tables wait for the other pieces."""
    if not asked or staging.holds(_name(piece)):
        return []
    with told(source, piece):
        landings = pulled(source, session, asked)
    logs = [landing for landing in landings if landing.schema.kind == "log"]
    dated = [landing for landing in landings if landing.schema.kind == "dated"]
    entries = [lake.replace(landing) for landing in dated] + [replace(entry_of(log), pulls=()) for log in logs]
    if logs:
        staging.put(_name(piece), logs)
    lake.record(source.name, entries)
    return entries


def _file(
    source: Source, lake: Lake, staging: Staging, names: list[str], days: Days, marks: Mapping[str, str]
) -> list[Entry]:
    """File what waits, each table in one pass, and only now call its days complete. `marks` are those of the source
    before all of it was pulled."""
    waiting = staging.take(name for name in names if staging.holds(name))
    tables = sorted({landing.table for landing in waiting})
    whole = [_together([each for each in waiting if each.table == table], days) for table in tables]
    entries = [_pulls_only(lake.merge(replace(landing, mark=marks.get(landing.table)))) for landing in whole]
    if entries:
        lake.record(source.name, entries)
    staging.clear()
    return entries


def _together(landings: list[Landing], days: Days) -> Landing:
    """The pieces of one table as one landing, as old as the oldest of them."""
    every = pa.concat_tables([landing.rows for landing in landings])
    rows = latest(landings[0].schema, every)
    return replace(
        landings[0],
        first=days.first,
        last=days.last,
        pulled_at=min(landing.pulled_at for landing in landings),
        rows=rows,
        rejects=pa.concat_tables([landing.rejects for landing in landings]),
        superseded=every.num_rows - rows.num_rows,
        landed=every.num_rows + sum(landing.rejects.num_rows for landing in landings),
    )


def _pulls_only(entry: Entry) -> Entry:
    """The rows were counted when their pieces came in; new is only what one piece took from another."""
    return Entry(
        entry.source,
        entry.table,
        accepted=-entry.superseded,
        superseded=entry.superseded,
        pulls=entry.pulls,
        marks=entry.marks,
    )


def _name(piece: Days) -> str:
    def told(day: date | None, otherwise: str) -> str:
        return day.isoformat() if day else otherwise

    since = f"{piece.since:%Y-%m-%d}" if piece.since else ""
    return f"{since}.{told(piece.created_from, 'start')}.{told(piece.created_until, 'now')}"
