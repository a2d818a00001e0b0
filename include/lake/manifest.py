"""What was pulled, when by the vendor's clock, and how it counted: one small JSON file a chunk and source.

Files are only ever added, each under its own name, and readers merge them. When a source has many, they are folded into
one that lists the names it stands for, so that a crash before the old ones are gone counts nothing twice.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

import pyarrow as pa

from include.lake import partition
from include.lake.landing import Landing, end_of, start_of
from include.lake.pulls import Pull, days, fewest

FOLDER = "manifest"
FOLD_ABOVE = 48
REASONS_KEPT = 30

File = tuple[str, str]
"""A chunk: its source and its name."""


@dataclass(frozen=True)
class Entry:
    """A table's part of a chunk. Without `pulls` it completes nothing yet (a month of history that is still to be
    filed). `marks`: the states of the table at the source in the latest pulls."""

    source: str
    table: str
    landed: int = 0
    accepted: int = 0
    rejected: int = 0
    superseded: int = 0
    requests: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    pulls: tuple[Pull, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableHealth:
    """All that was ever pulled of a table from a source; a restated day counts each time it is pulled."""

    source: str
    table: str
    landed: int
    accepted: int
    rejected: int
    superseded: int
    requests: int
    last_pull: datetime | None
    first_day: date | None
    last_day: date | None
    reasons: dict[str, int]


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


def total(entries: list[Entry]) -> Entry:
    """The sum of a table's entries: counts add up, pulls are told in as few as say the same."""
    reasons: Counter[str] = Counter()
    for entry in entries:
        reasons.update(entry.reasons)
    return Entry(
        entries[0].source,
        entries[0].table,
        sum(entry.landed for entry in entries),
        sum(entry.accepted for entry in entries),
        sum(entry.rejected for entry in entries),
        sum(entry.superseded for entry in entries),
        sum(entry.requests for entry in entries),
        dict(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))[:REASONS_KEPT]),
        fewest([pull for entry in entries for pull in entry.pulls]),
        _marks(entries),
    )


def _marks(entries: list[Entry]) -> tuple[str, ...]:
    """Those of the latest pulls; several if pulls at one time of the vendor's clock saw different states."""
    latest = max((at for entry in entries if (at := latest_pull(entry))), default=None)
    return tuple(sorted({mark for entry in entries if latest_pull(entry) == latest for mark in entry.marks}))


def entry_of(landing: Landing) -> Entry:
    """A landing as the manifest tells it, complete."""
    since = landing.known_from if landing.schema.kind == "log" else None
    return Entry(
        landing.source,
        landing.table,
        landing.landed,
        landing.rows.num_rows,
        landing.rejects.num_rows,
        landing.superseded,
        landing.requests,
        landing.reasons(),
        (Pull(landing.first, landing.last, landing.pulled_at, since),),
        (landing.mark,) if landing.mark else (),
    )


def latest_pull(entry: Entry) -> datetime | None:
    return max((pull.at for pull in entry.pulls), default=None)


def complete_since(entry: Entry) -> datetime | None:
    """Log tables: the stamp from which on every change up to the latest pull is known, without a gap."""
    return max(entry.pulls, key=lambda pull: pull.at).since if entry.pulls else None


def pulled_at(entry: Entry, day: date) -> datetime | None:
    """Dated tables: when `day` was last pulled."""
    return max((pull.at for pull in entry.pulls if pull.first <= day <= pull.last), default=None)


def missing_days(entry: Entry, first: date, last: date, *, dated: bool) -> list[date]:
    """The days of `first`..`last` that no pull answered after they had ended everywhere."""
    known = complete_since(entry)
    latest = latest_pull(entry)

    def answered(day: date) -> bool:
        at = pulled_at(entry, day) if dated else latest if known and known <= start_of(day) else None
        return at is not None and at >= end_of(day)

    return [day for day in days(first, last) if not answered(day)]


def health(entry: Entry) -> TableHealth:
    pulls = entry.pulls
    return TableHealth(
        entry.source,
        entry.table,
        entry.landed,
        entry.accepted,
        entry.rejected,
        entry.superseded,
        entry.requests,
        latest_pull(entry),
        min((pull.first for pull in pulls), default=None),
        max((pull.last for pull in pulls), default=None),
        entry.reasons,
    )


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
