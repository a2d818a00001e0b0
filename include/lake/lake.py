"""The lake: Parquet by table and day. A whole partition is replaced, or nothing is."""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from include.lake import compaction, contents, partition, rejects, views
from include.lake import state as states
from include.lake.entries import Entry, entry_of
from include.lake.health import TableHealth, health
from include.lake.landing import LakeError, Landing, days_of
from include.lake.manifest import Manifest
from include.lake.merging import latest
from include.lake.pulls import days
from include.lake.schemas import TABLES


class Lake:
    """`<root>/<table>/day=YYYY-MM-DD/<source>.parquet`, the rejects beside it, and the manifest of what was pulled."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self.manifest = Manifest(self.root)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """An in-memory DuckDB in UTC with one view a table of TABLES. Close it after use."""
        return views.connect(self.root)

    def compact(self) -> None:
        """Put the day files of each month into one beside them, where that is out of date: then `connect` reads fast.
        Loses nothing if killed, changes nothing that is read."""
        compaction.compact(self.root)

    def state(self) -> str:
        """A digest that tells what is landed, rejected and pulled from all that ever was or will be."""
        return states.state(self.root, self.manifest)

    def contents(self, connection: duckdb.DuckDBPyConnection, day: date) -> pa.Table:
        """How many rows and rejects are filed under days up to `day`, as contents.CONTENTS."""
        return contents.contents(self.root, connection, day)

    def scan(self, table: str) -> pa.Table:
        """Every landed row of `table`, sorted by file."""
        return partition.read(sorted((self.root / table).glob("day=*/*.parquet")), TABLES[table].schema)

    def replace(self, landing: Landing) -> Entry:
        """Dated tables: the source's rows of `first`..`last` are those of `landing`; a day without rows says so by a
        file without rows. Returns the entry to `record`."""
        table = landing.schema
        answered = list(days(landing.first, landing.last))
        rows = _distinct(landing)
        filed = dict(partition.by_day(rows, days_of(table, rows)))
        if outside := sorted(set(filed) - set(answered)):
            raise LakeError(f"{landing.source}: {table.name} of {landing.first}..{landing.last} has rows of {outside}")
        with self._locked(landing.table):
            rejects.replace(self.root, landing, answered)
            self._write(landing, {day: filed.get(day, table.schema.empty_table()) for day in answered})
        return entry_of(landing)

    def merge(self, landing: Landing) -> Entry:
        """Log tables: add the rows of `landing`; one with the key and stamp of a landed row takes its place.
        Returns the entry to `record`."""
        table = landing.schema
        fresh = _distinct(landing)
        touched = sorted(days_of(table, fresh).unique().to_pylist())
        with self._locked(landing.table):
            rejects.merge(self.root, landing)
            older = partition.read((self._file(landing, day) for day in touched), table.schema)
            rows = latest(table, pa.concat_tables([older, fresh]))
            self._write(landing, dict(partition.by_day(rows, days_of(table, rows))))
        return entry_of(landing)

    def land(self, landing: Landing) -> Entry:
        """Replace or merge, as the table is dated or a log."""
        return self.replace(landing) if landing.schema.kind == "dated" else self.merge(landing)

    def record(self, source: str, entries: Iterable[Entry]) -> None:
        """Write one chunk of the manifest: from here on the pulls of `entries` count as complete."""
        with self._locked(f"manifest.{source}"):
            self.manifest.record(source, entries)

    def covers(self, source: str, table: str, day: date, cutoff: datetime) -> bool:
        """Whether a complete pull of `day` began, by the vendor's clock, at or after `cutoff`."""
        at = self.manifest.entry(source, table).answered_at(day)
        return at is not None and at >= cutoff

    def watermark(self, source: str, table: str) -> datetime | None:
        """The vendor's clock at the start of the last complete pull."""
        return self.manifest.entry(source, table).latest_pull

    def marks(self, source: str, table: str) -> tuple[str, ...]:
        """The states in which the latest complete pulls found the table at the source, where the source can say."""
        return self.manifest.entry(source, table).marks

    def complete_since(self, source: str, table: str) -> datetime | None:
        """Log tables: the stamp from which on every change up to the watermark is known, without a gap."""
        return self.manifest.entry(source, table).complete_since

    def first_day(self, source: str, table: str) -> date | None:
        """The first day ever pulled."""
        return health(self.manifest.entry(source, table)).first_day

    def missing_days(self, source: str, table: str, first: date, last: date) -> list[date]:
        """The days of `first`..`last` that no complete pull answered after they had ended."""
        return self.manifest.entry(source, table).missing_days(first, last)

    def health(self) -> list[TableHealth]:
        """What was pulled so far, by source and table. Cheap: reads only manifest files it has not read before."""
        return [health(entry) for _, entry in sorted(self.manifest.entries().items())]

    def _file(self, landing: Landing, day: date) -> Path:
        return partition.file(self.root, landing.table, day, landing.source)

    def _write(self, landing: Landing, filed: dict[date, pa.Table]) -> None:
        partition.write_all((self._file(landing, day), rows) for day, rows in filed.items())

    @contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        """One writer a name at a time, across processes: without it a concurrent merge loses rows."""
        file = self.root / ".locks" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def _distinct(landing: Landing) -> pa.Table:
    rows = latest(landing.schema, landing.rows)
    if rows.num_rows != landing.rows.num_rows:
        raise LakeError(f"{landing.source}: {landing.table} has rows with the same key; the older ones are superseded")
    return rows
