"""The month files of what is kept, and the index that says which of them count.

A file never changes: a month that is made anew is a new file, and counts from the moment the index names it. The files
that the index before it names stay, for a night that has just begun to read them.
"""

import fcntl
import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

import duckdb
import pyarrow as pa

from include.kpis.settled.graph import ACCOUNTS, GRAPH
from include.lake import compaction, partition

FOLDER = "facts"
_INDEX = "index.json"


@dataclass(frozen=True)
class Index:
    """What is kept: made of what, as of which cutoff (in UTC), from which landed files (with what tells that one has
    changed since), and the name of the file of each relation and month."""

    basis: str
    cutoff: str = ""
    landed: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, str]] = field(default_factory=dict)

    def changed(self, landed: dict[str, str]) -> list[str]:
        """The landed files that are not as they were."""
        return sorted(name for name, told in landed.items() if self.landed.get(name) != told)


def paths(root: Path, index: Index, relation: str) -> dict[str, Path]:
    """The files of a relation, by month."""
    folder = root / FOLDER / relation
    return {month: folder / f"month={month}" / name for month, name in sorted(index.files.get(relation, {}).items())}


def read(root: Path, basis: str, landed: dict[str, str], served: Collection[str]) -> Index:
    """The index; an empty one where not all of `served` is kept, where it was made of anything else, or where a file
    is gone that it was made of or names."""
    known = root / FOLDER / _INDEX
    said = json.loads(known.read_text(encoding="utf-8")) if known.is_file() else {}
    if said.get("basis") != basis:  # other code may have written another kind of index
        return Index(basis, str(said.get("cutoff", "")))
    index = Index(**said)
    is_whole = all(path.is_file() for path in _named(root, index)) and set(index.landed) <= set(landed)
    return index if is_whole and set(served) <= set(index.files) else Index(basis)


def write(root: Path, index: Index, before: Index) -> None:
    """Make `index` count, and forget the files that neither it nor the one before it names, and what a night that was
    killed left."""
    partition.write(root / FOLDER / _INDEX, pa.py_buffer(json.dumps(asdict(index), indent=1).encode()))
    named = {*_named(root, index), *_named(root, before)}
    for file in (root / FOLDER).glob("[!.]*/month=*/*.parquet"):
        if file not in named:
            file.unlink()
    for left in (root / FOLDER).glob(".*.tmp"):
        rmtree(left)


def _named(root: Path, index: Index) -> Iterator[Path]:
    for relation in index.files:
        yield from paths(root, index, relation).values()


def landed(root: Path) -> dict[str, str]:
    """The landed files that groups are made of, each with what tells that it has changed."""
    found = (file for table in (*GRAPH, ACCOUNTS) for file in compaction.day_files(root / table))
    return {os.fspath(file.relative_to(root)): _print(file.stat()) for file in found}


def _print(stat: os.stat_result) -> str:
    return f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}"


def write_months(connection: duckdb.DuckDBPyConnection, root: Path, relation: str, rows: str) -> dict[str, str]:
    """Write the rows of a query by its column `month`. Returns the name of each month's file."""
    name, aside = f"{token_hex(8)}.parquet", root / FOLDER / f".{token_hex(6)}.tmp"
    aside.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(
        f"copy ({rows}) to {compaction.quoted(aside)} (format parquet, compression zstd, partition_by (month))"
    )
    made = {part.parent.name.removeprefix("month="): part for part in aside.glob("month=*/*.parquet")}
    targets = {month: root / FOLDER / relation / f"month={month}" / name for month in made}
    for target in targets.values():
        target.parent.mkdir(parents=True, exist_ok=True)
    partition.publish([(made[month], target) for month, target in targets.items()])
    if aside.is_dir():
        rmtree(aside)
    return dict.fromkeys(targets, name)


@contextmanager
def alone(root: Path) -> Iterator[bool]:
    """Whether nobody else is writing now; who finds somebody does not wait, for what they write will serve as well."""
    file = root / ".locks" / FOLDER
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
