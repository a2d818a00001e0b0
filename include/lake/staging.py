"""Landings that wait: a history is pulled month by month, and filed when all of it is there.

The versions of a record scatter over the days of years, so filing each month by itself would rewrite most partitions
every time. A month that waits here is complete and survives a crash; nothing reads it but `take`.
"""

import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from include.lake import partition
from include.lake.landing import Landing


class Staging:
    """The waiting pieces of one source's history, each a folder below `<root>/.history/<source>/`."""

    def __init__(self, root: Path, source: str) -> None:
        self.folder = root / ".history" / source

    def holds(self, piece: str) -> bool:
        return (self.folder / piece / "piece.json").exists()

    def put(self, piece: str, landings: Iterable[Landing]) -> None:
        """Keep a piece; it is there when its last file is."""
        told = []
        for landing in landings:
            for kind, rows in (("rows", landing.rows), ("rejects", landing.rejects)):
                partition.write(self.folder / piece / f"{landing.table}.{kind}.parquet", partition.encode(rows))
            told.append([landing.table, *(str(each or "") for each in _stamps(landing)), landing.superseded])
        content = pa.py_buffer(json.dumps(told).encode())
        partition.write(self.folder / piece / "piece.json", content)

    def take(self, pieces: Iterable[str]) -> list[Landing]:
        """The landings of `pieces`, as they were put."""
        return [landing for piece in pieces for landing in self._read(self.folder / piece)]

    def clear(self) -> None:
        """Forget all pieces: they are filed."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self, folder: Path) -> Iterable[Landing]:
        for table, first, last, at, since, superseded in json.loads((folder / "piece.json").read_text()):
            rows, rejects = (pq.ParquetFile(folder / f"{table}.{kind}.parquet").read() for kind in ("rows", "rejects"))
            landing = Landing(
                self.folder.name,
                table,
                date.fromisoformat(first),
                date.fromisoformat(last),
                datetime.fromisoformat(at),
                rows,
                rows.num_rows + rejects.num_rows + superseded,
                rejects,
                superseded,
            )
            yield replace(landing, since=datetime.fromisoformat(since) if since else None)


def _stamps(landing: Landing) -> tuple[date, date, datetime, datetime | None]:
    return landing.first, landing.last, landing.pulled_at, landing.since
