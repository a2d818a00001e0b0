"""Rows into the lake's own layout, day by day: what happens after the day that is being filed waits in memory."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.kpis.company import LANDED, SOURCE
from include.lake import TABLES, Entry, Lake, Pull, partition
from include.lake.landing import days_of, start_of

RATE_DAYS = 12


class Filing:
    """Rows of log tables come in the order of their leads; they are filed as soon as their day is over."""

    def __init__(self, root: Path, first: date) -> None:
        self.root, self.first = root, first
        self.waiting: dict[str, list[pa.Table]] = {}
        self.rows: dict[str, int] = {}

    def add(self, tables: dict[str, pa.Table]) -> None:
        for name, rows in tables.items():
            self.waiting.setdefault(name, []).append(rows)

    def file(self, until: date) -> None:
        """Write the files of all days up to `until`; no row of them comes later. What is after LANDED, or
        before history begins (but for the last rates), is dropped."""
        for name, parts in self.waiting.items():
            rows = pa.concat_tables(parts)
            days = days_of(TABLES[name], rows)
            earlier = timedelta(days=RATE_DAYS if name == "fx_rates" else 0)
            begins = pc.greater_equal(days, self.first - earlier)
            due = pc.and_(begins, pc.less_equal(days, min(until, LANDED)))
            self._write(name, rows.filter(due), days.filter(due))
            later = pc.and_(pc.greater(days, until), pc.less_equal(days, LANDED))
            self.waiting[name] = [rows.filter(later).combine_chunks()]

    def _write(self, name: str, rows: pa.Table, days: pa.ChunkedArray) -> None:
        self.rows[name] = self.rows.get(name, 0) + rows.num_rows
        for day, part in partition.by_day(rows, days):
            target = partition.file(self.root, name, day, SOURCE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(partition.encode(part))

    def close(self) -> None:
        """Say in the manifest that every table was pulled to the end, and put the days of each month together."""
        lake = Lake(self.root)
        at = datetime.combine(LANDED + timedelta(days=1), time(18), UTC)
        lake.record(SOURCE, _entries(self.rows, self.first, at))
        lake.compact()


def _entries(rows: dict[str, int], first: date, at: datetime) -> Iterable[Entry]:
    for name, table in TABLES.items():
        since = start_of(first) if table.kind == "log" else None
        pulls = (Pull(first, LANDED, at, since),)
        yield Entry(SOURCE, name, rows.get(name, 0), rows.get(name, 0), pulls=pulls)
