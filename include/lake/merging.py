"""What makes two rows the same row, and which of them stays."""

from datetime import date, datetime
from decimal import Decimal
from json import dumps
from typing import Any

import pyarrow as pa

from include.lake.schemas import Table


def identity(table: Table) -> list[str]:
    """The columns that tell one row of `table` from another: its key, and for a log its stamp."""
    return list(dict.fromkeys([*table.key, *([table.filed_by] if table.kind == "log" else [])]))


def latest(table: Table, rows: pa.Table) -> pa.Table:
    """`rows` with one row an identity, the last in order, sorted by identity: any order of pages, the same table."""
    names = identity(table)
    numbered = rows.select(names).append_column("#", pa.array(range(rows.num_rows), pa.int64()))
    kept = numbered.group_by(names, use_threads=False).aggregate([("#", "max")])
    kept = kept.sort_by([(name, "ascending") for name in names])
    return rows.take(kept["#_max"])


def key_text(table: Table, row: dict[str, Any]) -> str:
    """A row's identity as JSON text: what a reject and a later, mended row have in common."""
    return dumps([_text(row.get(name)) for name in identity(table)], ensure_ascii=False)


def _text(value: str | int | date | datetime | Decimal | None) -> str | None:
    return value if value is None or isinstance(value, str) else str(value)
