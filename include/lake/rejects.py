"""Rejected rows by table and day. They are written before the rows they were parted from.

A reject leaves when its row comes back mended: a row with the same key and stamp, or, in a dated table, the same day
pulled anew.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from include.lake import partition
from include.lake.landing import REJECTS, Landing, days_of
from include.lake.merging import key_text

FOLDER = "rejects"
STORED = REJECTS.remove(0)


def replace(root: Path, landing: Landing, days: Iterable[date]) -> None:
    """The rejects of `days` are those of `landing` and no others."""
    fresh = _by_day(landing.rejects)
    filed = {day: fresh.get(day, STORED.empty_table()) for day in days}
    _write(root, landing, _elsewhere(root, landing, set(filed)) | filed)


def merge(root: Path, landing: Landing) -> None:
    """Add the rejects of `landing`; those whose key and stamp came again now give way."""
    found = {day: _file(root, landing, day) for day in _days(landing)}
    present = [day for day, file in found.items() if file.exists()]
    again = pa.array(sorted({*_keys(landing, present), *landing.rejects["key"].drop_null().to_pylist()}), pa.string())
    merged = {day: partition.read([found[day]], STORED) for day in present}
    merged = {day: older.filter(pc.invert(pc.is_in(older["key"], again))) for day, older in merged.items()}
    for day, rows in _by_day(landing.rejects).items():
        merged[day] = pa.concat_tables([merged[day], rows]) if day in merged else rows
    _write(root, landing, _elsewhere(root, landing, set(found)) | merged)


def _elsewhere(root: Path, landing: Landing, days: set[date]) -> dict[date, pa.Table]:
    """Other days from which rejects of `landing` go: without a readable key the same record lies under the first day of
    each range that pulled it, and the latest is enough."""
    again = pc.unique(landing.rejects.filter(pc.is_null(landing.rejects["key"]))["record"])
    files = (root / FOLDER / landing.table).glob(f"day=*/{landing.source}.parquet") if len(again) else ()
    shrunk: dict[date, pa.Table] = {}
    for file in files:
        day = date.fromisoformat(file.parent.name.removeprefix("day="))
        older = partition.read([file], STORED) if day not in days else STORED.empty_table()
        gone = pc.and_(pc.is_null(older["key"]), pc.is_in(older["record"], again))
        if pc.any(gone).as_py():
            shrunk[day] = older.filter(pc.invert(gone))
    return shrunk


def _days(landing: Landing) -> list[date]:
    both = [*days_of(landing.schema, landing.rows).unique().to_pylist(), *landing.rejects["day"].unique().to_pylist()]
    return sorted(set(both))


def _keys(landing: Landing, days: list[date]) -> Iterator[str]:
    filed = days_of(landing.schema, landing.rows)
    rows = landing.rows.filter(pc.is_in(filed, pa.array(days, pa.date32())))
    return (key_text(landing.schema, row) for row in rows.to_pylist())


def _by_day(rejects: pa.Table) -> dict[date, pa.Table]:
    return dict(partition.by_day(rejects.drop_columns(["day"]), rejects["day"]))


def _file(root: Path, landing: Landing, day: date) -> Path:
    return partition.file(root / FOLDER, landing.table, day, landing.source)


def _write(root: Path, landing: Landing, filed: dict[date, pa.Table]) -> None:
    files = ((_file(root, landing, day), _distinct(rows)) for day, rows in filed.items())
    partition.write_all((file, rows) for file, rows in files if rows.num_rows or file.exists())


def _distinct(rows: pa.Table) -> pa.Table:
    """Rejects without a readable key are the same when record and reasons are."""
    seen = {(row["record"], tuple(row["reasons"]), row["origin"]): row for row in rows.to_pylist()}
    return pa.Table.from_pylist([seen[each] for each in sorted(seen)], STORED)
