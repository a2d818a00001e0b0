"""Files named after tables, CSV or Parquet: any company without a vendor we know.

`path` of the section is the folder; `tables` those it must hold (all that are there, if left out). The first line of a
CSV names the table's columns; those that may be empty may be missing. A drop's clock is the newest change of
its files.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from include.company import Company, ConfigError, SourceConfig
from include.lake import TABLES, Table
from include.lake.reasons import Reason
from include.sources.client import Session
from include.sources.errors import SourceError
from include.sources.lines import lines
from include.sources.source import Days, Source
from include.sources.strict import NEVER_STAMPED, Raw

SUFFIXES = (".csv", ".parquet")
FISCAL_YEAR = 366
"""Budget rates are dated the first day of their fiscal year, and all of that year may restate them."""


class Files(Source):
    """A folder of files. A log table is read whole whenever its file changed; a dated table by its days."""

    def __init__(self, company: Company, config: SourceConfig, root: Path) -> None:
        super().__init__(company, config, root)
        extra = config.model_extra or {}
        self.folder = root / extra.get("path", "data/drop")
        self.tables = tuple(extra.get("tables") or (name for name in TABLES if self._file(name)))
        if unknown := [name for name in self.tables if name not in TABLES]:
            raise ConfigError(f"sources.toml, [{self.name}]: no landed table is called {', '.join(unknown)}")

    def fetch(self, _session: Session | None, asked: Mapping[str, Days]) -> Iterator[tuple[str, list[Raw]]]:
        for table, days in asked.items():
            file = self._file(table)
            if file is None:
                continue
            if TABLES[table].kind == "dated":
                yield table, list(_within(TABLES[table].filed_by, _read(file, TABLES[table]), days))
            else:
                yield table, [] if days.seen == (_hash(file),) else _read(file, TABLES[table])

    def clock(self, _session: Session | None) -> datetime:
        files = [file for file in self.folder.glob("*") if file.suffix in SUFFIXES]
        if not files:
            raise SourceError(f"{self.folder} holds no CSV or Parquet file", "put the files there, or correct `path`")
        return max(_changed(file) for file in files)

    def marks(self) -> Mapping[str, str]:
        """The hash of each log table's file. A date would not do: a copy may keep that of an older original."""
        logs = [table for table in self.tables if TABLES[table].kind == "log"]
        return {table: _hash(file) for table in logs if (file := self._file(table))}

    def pieces(self, days: Days) -> list[Days]:
        """A file is read once, whatever part of it is wanted."""
        return [days]

    def restated(self, table: str) -> int:
        return FISCAL_YEAR if table == "fx_rates" else super().restated(table)

    def _file(self, table: str) -> Path | None:
        found = (self.folder / f"{table}{suffix}" for suffix in SUFFIXES)
        return next((file for file in found if file.is_file()), None)


def _hash(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _changed(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _within(column: str, raws: list[Raw], days: Days) -> Iterator[Raw]:
    """Rows dated in `days`, and those whose date cannot be read: they must be seen."""
    for raw in raws:
        day = _day(raw.row.get(column))
        if day is None or days.first <= day <= days.last:
            yield raw


def _day(cell: Any) -> date | None:
    try:
        return cell if isinstance(cell, date) else date.fromisoformat(cell or "")
    except ValueError:
        return None


def _read(file: Path, table: Table) -> list[Raw]:
    return list(_parquet(file, table) if file.suffix == ".parquet" else _csv(file, table))


def _csv(file: Path, table: Table) -> Iterator[Raw]:
    found = lines(file)
    number, header = next(found, (1, []))
    if isinstance(header, str):
        raise SourceError(f"{file}, row {number}: the header cannot be read: {header!r}", _SAVE_AGAIN)
    _check_columns(file, table, header)
    for number, cells in found:
        origin = f"{file.name}, row {number}"
        if isinstance(cells, str):
            yield Raw({}, cells, origin, (Reason.LINE.told(),))
        elif len(cells) != len(header):
            filed = {name: cell for name, cell in zip(header, cells, strict=False) if name == table.filed_by}
            yield Raw(filed, cells, origin, (Reason.CELLS.told(n=len(cells), heads=len(header)),))
        else:
            row = dict(zip(header, cells, strict=True))
            yield Raw(row, row, origin)


def _parquet(file: Path, table: Table) -> Iterator[Raw]:
    try:
        found = pq.ParquetFile(file)
        _check_columns(file, table, found.schema_arrow.names)
        for number, row in enumerate(found.read().to_pylist(), start=1):
            yield Raw(row, row, f"{file.name}, row {number}")
    except pa.ArrowException as fault:
        raise SourceError(f"{file} is no readable Parquet file: {fault}", _SAVE_AGAIN) from fault


def _check_columns(file: Path, table: Table, header: list[str]) -> None:
    """Raises SourceError that names every column which is missing, unknown or there twice."""
    columns = [name for name in table.schema.names if name != "_source"]
    stand_in = {table.filed_by} if table.name in NEVER_STAMPED else set()
    required = {field.name for field in table.schema if not field.nullable} - {"_source"} - stand_in
    faults = {
        "lacks the columns": sorted(required - set(header)),
        "has columns that the table does not have:": sorted(set(header) - set(columns)),
        "has more than once:": sorted({name for name in header if header.count(name) > 1}),
    }
    told = [f"{what} {', '.join(names)}" for what, names in faults.items() if names]
    if told:
        raise SourceError(f"{file}, row 1: the header {'; it '.join(told)}", f"the columns are: {', '.join(columns)}")


def build(company: Company, config: SourceConfig, root: Path) -> Files:
    return Files(company, config, root)


_SAVE_AGAIN = "save it again as UTF-8 CSV with a header, or as Parquet"
