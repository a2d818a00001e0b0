"""Rows and landings for tests: what a test does not name is filled with something plain."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from include.lake import REJECTS, TABLES, Landing

PULLED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def row(table: str, **cells: Any) -> dict[str, Any]:
    """A row of `table` with required cells filled in."""
    filled = {field.name: None if field.nullable else _plain(field.type) for field in TABLES[table].schema}
    return filled | {"_source": "crm"} | cells


def _plain(kind: pa.DataType) -> Any:
    if pa.types.is_timestamp(kind):
        return at("2026-10-03T10:00:00")
    if pa.types.is_date(kind):
        return date(2026, 10, 3)
    if pa.types.is_boolean(kind):
        return False
    return "x" if pa.types.is_string(kind) else Decimal(1) if pa.types.is_decimal(kind) else 1


def landing(table: str, rows: Sequence[dict[str, Any]], **told: Any) -> Landing:
    rejects = pa.Table.from_pylist(told.pop("rejects", []), REJECTS)
    given = {"source": "crm", "first": FIRST, "last": LAST, "pulled_at": PULLED_AT} | told
    schema = TABLES[table].schema
    return Landing(
        table=table,
        rows=pa.Table.from_pylist(list(rows), schema),
        rejects=rejects,
        landed=len(rows) + rejects.num_rows,
        **given,
    )


def reject(day: date, record: str = "{}", key: str | None = None, reason: str = "amount: missing") -> dict[str, Any]:
    return {"day": day, "key": key, "reasons": [reason], "record": record, "origin": "row 7", "_source": "crm"}
