"""The day files of a month as one file, for readers: ten thousand small files took half of a small night's scoring.

Derived, and deletable at any time: <root>/.months/<table>/<month>.<print>.parquet, where `print` tells the day files it
was made of by name, inode, size and time. A month whose day files have changed has another print, and is read from
its day files until it is compacted again.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import duckdb

from include.lake import partition
from include.lake.schemas import TABLES

FOLDER = ".months"
_DAY = len("day=YYYY-MM-DD")
_MONTH = slice(len("day="), len("day=YYYY-MM"))
KEPT = 2
"""Files a month: the one before stays a while, for a reader that has just chosen it."""


def compact(root: Path) -> None:
    """Make the file of every month that has none for its day files as they are."""
    with closing(duckdb.connect()) as connection:
        for table in TABLES:
            lacking = [(target, days) for target, days in months(root, table) if not target.exists()]
            partition.publish([(_together(connection, target, days), target) for target, days in lacking])
            for target, _ in lacking:
                _forget_older(target)


def _together(connection: duckdb.DuckDBPyConnection, target: Path, days: list[Path]) -> Path:
    """The rows of `days` in a file beside `target`."""
    aside = partition.beside(target)
    connection.execute(f"COPY ({scan(days)}) TO {quoted(aside)} (FORMAT parquet, COMPRESSION zstd)")
    return aside


def scan(found: Iterable[Path], columns: str = "*") -> str:
    """The query for the rows of some files."""
    return f"SELECT {columns} FROM read_parquet([{', '.join(map(quoted, found))}], hive_partitioning = false)"


def quoted(file: Path) -> str:
    """A file's name in SQL."""
    return "'" + str(file).replace("'", "''") + "'"


def files(root: Path, table: str) -> list[Path]:
    """What holds every landed row of `table`: a file for each compacted month, the day files of the others."""
    return [file for target, days in months(root, table) for file in ([target] if target.exists() else days)]


def months(root: Path, table: str) -> Iterator[tuple[Path, list[Path]]]:
    """The compacted file that a month should have, and its day files."""
    by_month: dict[str, list[os.DirEntry[str]]] = {}
    for day, file in _entries(root / table):
        by_month.setdefault(day[_MONTH], []).append(file)
    for month, found in sorted(by_month.items()):
        ordered = sorted(found, key=lambda file: file.path)
        yield root / FOLDER / table / f"{month}.{_print(ordered)}.parquet", [Path(file.path) for file in ordered]


def day_files(folder: Path) -> Iterator[Path]:
    """The files of a table's days, in no order."""
    return (Path(file.path) for _, file in _entries(folder))


def _entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """scandir, since a lake of three years has thousands: pathlib takes five times as long."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as days:
        for day in days:
            if day.name.startswith("day=") and len(day.name) == _DAY:
                with os.scandir(day.path) as found:
                    yield from ((day.name, file) for file in found if file.name.endswith(".parquet"))


def _print(found: list[os.DirEntry[str]]) -> str:
    stats = ((file.path[-_DAY - len(file.name) - 1 :], file.stat()) for file in found)
    told = "\n".join(f"{name} {stat.st_ino} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
    return sha256(told.encode()).hexdigest()[:16]


def _forget_older(target: Path) -> None:
    month = target.name.split(".")[0]
    known = sorted(target.parent.glob(f"{month}.*.parquet"), key=lambda file: file.stat().st_mtime_ns)
    for file in known[:-KEPT]:
        file.unlink(missing_ok=True)
