"""How much the lake holds up to a day: rows, rejected rows, and the reasons of those, by source and table.

Counted from what lies there, so that a night that runs twice, or pulls a day again, counts nothing twice.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from include.lake import compaction, rejects
from include.lake.schemas import TABLES, Table

CONTENTS = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("table", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("reason", pa.string()),
        pa.field("rows", pa.int64(), nullable=False),
    ]
)
"""kind is row, reject, or reason: then `rows` counts the rejects that give it."""


def contents(root: Path, connection: duckdb.DuckDBPyConnection, day: date) -> pa.Table:
    """What is filed under days up to `day`, as CONTENTS, sorted. `connection` has the views of the landed tables."""
    parts = [_rows(table, day) for table in TABLES.values()]
    parts += [part for table in TABLES for part in _rejects(root, table, day)]
    return connection.sql(f"{' UNION ALL '.join(parts)} ORDER BY ALL").to_arrow_table().cast(CONTENTS)


def _rows(table: Table, day: date) -> str:
    filed = f'"{table.filed_by}"::DATE'
    if table.name == "targets":
        filed = f"coalesce({filed}, period_start)"
    return f"""
        SELECT _source AS source, '{table.name}' AS "table", 'row' AS kind, NULL AS reason, count(*) AS rows
        FROM memory.main."{table.name}" WHERE {filed} <= DATE '{day}' GROUP BY _source"""


def _rejects(root: Path, table: str, day: date) -> Iterator[str]:
    known = [file for file in compaction.day_files(root / rejects.FOLDER / table) if file.parent.name <= f"day={day}"]
    if known:
        head = f"""SELECT _source, '{table}'"""
        yield f"{head}, 'reject', NULL, count(*) FROM ({compaction.scan(known)}) GROUP BY _source"
        each = f"SELECT _source, unnest(reasons) AS reason FROM ({compaction.scan(known)})"
        yield f"{head}, 'reason', reason, count(*) FROM ({each}) GROUP BY _source, reason"
