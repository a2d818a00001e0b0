"""What a night leaves in the lake: data (its scores), gaps, gate, targets, restated and contents, each a file of one
folder.

<root>/scores/day=<day>/night=<night>/<what>.parquet. One night's scores are complete: no reader joins two of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Literal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from include.kpis.schema import ENCODED, SCORES
from include.lake import Lake

_PRUNED = ["kpi", "statistic", "breakdown"]
"""The columns that are alike throughout a row group."""
_NUMBERED = [field.name for field in ENCODED if pa.types.is_dictionary(field.type) or field.type == pa.date32()]
"""The columns of few different values; looking for such among the others takes a fifth of the time of writing."""


BASIS = "basis"
"""The name of the file that says, as the last one written, what the others were made of."""

What = Literal["data", "gaps", "gate", "targets", "restated", "contents"]


def file(root: Path, night: str, day: date, what: What = "data") -> Path:
    return root / "scores" / f"day={day.isoformat()}" / f"night={night}" / f"{what}.parquet"


def made_of(target: Path, basis: str) -> bool:
    """Whether the scores in `target`, and what lies beside them, were made of just this and written to the end."""
    said = target.with_name(BASIS)
    return said.is_file() and said.read_text(encoding="utf-8") == basis and target.is_file()


def read(lake: Lake, night: str, day: date, columns: Sequence[str], where: str) -> pa.Table:
    """The scores of a night for which `where`, in SQL, holds, in `columns`. What is asked by KPI, by statistic or
    without breakdowns (`breakdown is null`) skips the rest of the file. Raises FileNotFoundError where the night is not
    scored."""
    known = file(lake.root, night, day)
    if not known.is_file():
        raise FileNotFoundError(known)
    with closing(duckdb.connect()) as connection:
        connection.execute("set threads = 1")
        scores = connection.read_parquet(str(known), hive_partitioning=False).filter(where)
        found = scores.project(", ".join(columns)).to_arrow_table()
    return found.cast(pa.schema([SCORES.field(name) for name in columns]))


def encode(parts: Iterable[pa.Table]) -> pa.Buffer:
    """Parquet bytes of scores (ENCODED; read again they are SCORES): each part, of one KPI and statistic, a row group
    without and one with breakdowns."""
    sink = pa.BufferOutputStream()
    how = {"compression": "zstd", "use_dictionary": _NUMBERED, "write_statistics": _PRUNED, "store_schema": False}
    with pq.ParquetWriter(sink, ENCODED, **how) as writer:
        for part in parts:
            for rows in _split(part):
                writer.write_table(rows, row_group_size=max(rows.num_rows, 1))
    return sink.getvalue()


def _split(part: pa.Table) -> Iterator[pa.Table]:
    """Few readers want breakdowns, and they are six of seven rows."""
    broken = pc.is_valid(part["breakdown"])
    for mask in (pc.invert(broken), broken):
        rows = part.filter(mask)
        if rows.num_rows:
            yield rows
