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

WRITERS = 4


def folder(root: Path, table: str) -> Path:
    return root / table


def file(root: Path, table: str, day: date, source: str) -> Path:
    return root / table / f"day={day.isoformat()}" / f"{source}.parquet"


def encode(rows: pa.Table) -> pa.Buffer:
    """Parquet bytes of `rows`, zstd, one row group: a function of the rows and the library alone."""
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd", row_group_size=max(rows.num_rows, 1), write_statistics=False)
    return sink.getvalue()


def write(target: Path, content: pa.Buffer) -> bool:
    """Make `target` hold `content`. Returns whether anything had to be written."""
    if target.exists() and target.read_bytes() == content.to_pybytes():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.stem}.{token_hex(6)}.tmp")
    with aside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    aside.rename(target)
    settle(target.parent)
    return True


def settle(directory: Path) -> None:
    """Make the names in `directory` survive a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_all(files: Iterable[tuple[Path, pa.Table]]) -> int:
    """Write many partitions, several at a time (encoding and fsync leave the interpreter). Returns how many changed."""
    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(lambda each: write(each[0], encode(each[1])), files))


def read(files: Iterable[Path], schema: pa.Schema) -> pa.Table:
    """The rows of those of `files` that exist, in the given order, as `schema`."""
    with ThreadPoolExecutor(WRITERS) as pool:
        found = list(pool.map(lambda each: pq.ParquetFile(each).read(), (each for each in files if each.exists())))
    return pa.concat_tables([schema.empty_table(), *(each.select(schema.names).cast(schema) for each in found)])


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
