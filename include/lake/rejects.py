"""Rejected rows by table and day. They are written before the rows they were parted from.

A reject leaves when its row comes back mended: a row with the same key and stamp, or, in a dated table, the same day
pulled anew.
"""

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from include.lake import partition
from include.lake.landing import REJECTS, Landing, days_of
from include.lake.merging import key_text

FOLDER = "rejects"
STORED = REJECTS.remove(0)


def replace(root: Path, landing: Landing, days: Collection[date]) -> None:
    """The rejects of `days` are those of `landing` and no others."""
    _write(root, landing, days, STORED.empty_table())


def merge(root: Path, landing: Landing) -> None:
    """Add the rejects of `landing`; those whose key and stamp came again now give way."""
    found = {day: partition.file(root / FOLDER, landing.table, day, landing.source) for day in _days(landing)}
    present = [day for day, file in found.items() if file.exists()]
    again = set(_keys(landing, present)) | set(landing.rejects["key"].drop_null().to_pylist())
    for day in found:
        older = partition.read([found[day]], STORED)
        kept = older.filter(pc.invert(pc.is_in(older["key"], pa.array(sorted(again), pa.string()))))
        _write(root, landing, [day], kept)


def _days(landing: Landing) -> list[date]:
    both = [*days_of(landing.schema, landing.rows).unique().to_pylist(), *landing.rejects["day"].unique().to_pylist()]
    return sorted(set(both))


def _keys(landing: Landing, days: list[date]) -> Iterator[str]:
    filed = days_of(landing.schema, landing.rows)
    rows = landing.rows.filter(pc.is_in(filed, pa.array(days, pa.date32())))
    return (key_text(landing.schema, row) for row in rows.to_pylist())


def _write(root: Path, landing: Landing, days: Collection[date], older: pa.Table) -> None:
    fresh = dict(partition.by_day(landing.rejects.drop_columns(["day"]), landing.rejects["day"]))
    for day in days:
        file = partition.file(root / FOLDER, landing.table, day, landing.source)
        rows = _distinct(pa.concat_tables([older, fresh.get(day, STORED.empty_table())]))
        if rows.num_rows or file.exists():
            partition.write(file, partition.encode(rows))


def _distinct(rows: pa.Table) -> pa.Table:
    """Rejects without a readable key are the same when record and reasons are."""
    seen = {(row["record"], tuple(row["reasons"]), row["origin"]): row for row in rows.to_pylist()}
    return pa.Table.from_pylist([seen[each] for each in sorted(seen)], STORED)
