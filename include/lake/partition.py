"""One file a source, table and day, replaced as a whole or not at all, the same bytes for the same rows.

A file is written aside under a name no reader matches, fsynced, renamed, and its folder fsynced: a kill leaves the old
file or the new one.
"""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from secrets import token_hex

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

WRITERS = 6


def file(root: Path, table: str, day: date, source: str) -> Path:
    return root / table / f"day={day.isoformat()}" / f"{source}.parquet"


def encode(rows: pa.Table) -> pa.Buffer:
    """Parquet bytes of `rows`, zstd, one row group: a function of the rows and the library alone."""
    sink = pa.BufferOutputStream()
    size = max(rows.num_rows, 1)
    pq.write_table(
        rows, sink, compression="zstd", row_group_size=size, write_statistics=False, use_dictionary=False
    )  # small files: dictionaries and statistics cost more than they save
    return sink.getvalue()


def write(target: Path, content: pa.Buffer) -> None:
    """Make `target` hold `content`."""
    publish([_aside(target, content)])


def write_all(files: Iterable[tuple[Path, pa.Table]]) -> int:
    """Write those partitions whose rows differ from what is there. Returns how many did.

    All are written before the first is fsynced, and all are fsynced before the first is renamed: the disk then syncs
    them together, ten times faster than one by one.
    """
    with ThreadPoolExecutor(WRITERS) as pool:
        written = [each for each in pool.map(_if_changed, files) if each]
    publish(written)
    return len(written)


def _if_changed(each: tuple[Path, pa.Table]) -> tuple[Path, Path] | None:
    target, content = each[0], encode(each[1])
    if target.exists() and target.read_bytes() == content.to_pybytes():
        return None
    return _aside(target, content)


def _aside(target: Path, content: pa.Buffer) -> tuple[Path, Path]:
    """Write `content` beside `target`. Returns where it is and where it belongs."""
    aside = beside(target)
    aside.write_bytes(content)
    return aside, target


def beside(target: Path) -> Path:
    """Where to write what shall become `target`: in its folder, under a name no reader matches."""
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.with_name(f".{target.stem}.{token_hex(6)}.tmp")


def publish(written: list[tuple[Path, Path]]) -> None:
    """Rename what is safely on the disk, from where it was written to where it belongs; then make the new names safe
    too."""
    folders = {target.parent for _, target in written}
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(_sync, (aside for aside, _ in written)))
        for aside, target in written:
            aside.rename(target)
        list(pool.map(_sync, folders | {folder.parent for folder in folders}))


def _sync(path: Path) -> None:
    """Make a file's content, or a folder's names, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(files: Iterable[Path], schema: pa.Schema) -> pa.Table:
    """The rows of those of `files` that exist, in the given order, as `schema`."""
    with ThreadPoolExecutor(WRITERS) as pool:
        found = list(pool.map(lambda each: pq.ParquetFile(each).read(), (each for each in files if each.exists())))
    alike = (each if each.schema.equals(schema) else each.select(schema.names).cast(schema) for each in found)
    return pa.concat_tables([pa.Table.from_batches([], schema), *alike])


def by_day(rows: pa.Table, days: pa.ChunkedArray) -> Iterator[tuple[date, pa.Table]]:
    """`rows` cut into one slice a day, days ascending: one sort, no scan a day. Order within a day is kept."""
    if not rows.num_rows:
        return
    order = pc.sort_indices(days)
    rows, days = rows.take(order), days.take(order).combine_chunks()
    runs = pc.run_end_encode(days)
    start = 0
    for end, day in zip(runs.run_ends.to_pylist(), runs.values.to_pylist(), strict=True):
        yield day, rows.slice(start, end - start)
        start = end
