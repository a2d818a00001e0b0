"""What was pulled, when by the vendor's clock, and how it counted: one small JSON file a chunk and source.

Files are only ever added, each under its own name, and readers merge them. When a source has many, they are folded into
one that lists the names it stands for, so that a crash before the old ones are gone counts nothing twice.
"""

import json
import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

import pyarrow as pa

from include.lake import partition
from include.lake.entries import Entry, total
from include.lake.pulls import Pull

FOLDER = "manifest"
FOLD_ABOVE = 48

File = tuple[str, str]
"""A chunk: its source and its name."""


class Manifest:
    """The chunks under `<root>/manifest/<source>/`. Files never change, so each is parsed once."""

    def __init__(self, root: Path) -> None:
        self.root = root / FOLDER
        self._parsed: dict[File, tuple[list[str], list[Entry]]] = {}
        self._summed: tuple[frozenset[File], dict[tuple[str, str], Entry]] = (frozenset(), {})

    def record(self, source: str, entries: Iterable[Entry]) -> None:
        """Write one chunk. Callers hold the source's lock."""
        self._write(source, entries, [])
        if len(self._files([source])) > FOLD_ABOVE:
            self._fold(source)

    def entries(self) -> dict[tuple[str, str], Entry]:
        """One entry for each source and table: the sum of its chunks."""
        files = self._files(self._sources())
        if files != self._summed[0]:
            self._summed = (files, self._sum(files))
        return self._summed[1]

    def entry(self, source: str, table: str) -> Entry:
        return self.entries().get((source, table), Entry(source, table))

    def _sources(self) -> list[str]:
        return os.listdir(self.root) if self.root.is_dir() else []

    def _files(self, sources: Iterable[str]) -> frozenset[File]:
        """listdir, since a scoring asks six hundred times what is covered: a glob takes ten times as long."""
        found = ((source, name) for source in sources for name in os.listdir(self.root / source))
        return frozenset(file for file in found if file[1].endswith(".json"))

    def _sum(self, files: Iterable[File]) -> dict[tuple[str, str], Entry]:
        try:
            chunks = {file: self._read(file) for file in files}
        except FileNotFoundError:  # folded by another process since the folder was listed
            return self._sum(self._files(self._sources()))
        replaced = {(source, name) for (source, _), (names, _) in chunks.items() for name in names}
        grouped: dict[tuple[str, str], list[Entry]] = {}
        for file, (_, entries) in chunks.items():
            for entry in entries if file not in replaced else ():
                grouped.setdefault((entry.source, entry.table), []).append(entry)
        return {name: total(entries) for name, entries in grouped.items()}

    def _read(self, file: File) -> tuple[list[str], list[Entry]]:
        if file not in self._parsed:
            chunk = json.loads(self.root.joinpath(*file).read_text(encoding="utf-8"))
            self._parsed[file] = chunk["replaces"], [_entry(each) for each in chunk["entries"]]
        return self._parsed[file]

    def _fold(self, source: str) -> None:
        files = sorted(self._files([source]))
        self._write(source, self._sum(files).values(), [name for _, name in files])
        for file in files:
            self.root.joinpath(*file).unlink()

    def _write(self, source: str, entries: Iterable[Entry], replaces: list[str]) -> None:
        chunk = {"replaces": replaces, "entries": [_plain(entry) for entry in entries]}
        content = pa.py_buffer(json.dumps(chunk, ensure_ascii=False, indent=1).encode())
        partition.write(self.root / source / f"{token_hex(8)}.json", content)


def _plain(entry: Entry) -> dict[str, Any]:
    plain: dict[str, Any] = dict(vars(entry))
    plain["pulls"] = [
        [pull.first.isoformat(), pull.last.isoformat(), pull.at.isoformat(), pull.since and pull.since.isoformat()]
        for pull in entry.pulls
    ]
    return plain


def _entry(plain: dict[str, Any]) -> Entry:
    pulls = tuple(
        Pull(
            date.fromisoformat(first),
            date.fromisoformat(last),
            datetime.fromisoformat(at),
            datetime.fromisoformat(since) if since else None,
        )
        for first, last, at, since in plain["pulls"]
    )
    return Entry(**{**plain, "pulls": pulls, "marks": tuple(plain.get("marks", ()))})
