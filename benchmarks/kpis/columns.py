"""Columns of landed tables from numpy arrays: ids as text, stamps, small vocabularies; what is not said is null."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.kpis.company import SOURCE
from include.lake import TABLES

Numbers = np.ndarray[Any, Any]
HOUR, DAY_US = 3_600_000_000, 86_400_000_000
_EPOCH = date(1970, 1, 1)


def since_epoch(day: date) -> int:
    """Midnight UTC of `day` in microseconds."""
    return (day - _EPOCH).days * DAY_US


def ids(letter: str, numbers: Numbers) -> pa.Array:
    """L17, L18, …; null below nought."""
    text = pc.binary_join_element_wise(letter, pa.array(numbers).cast(pa.string()), "")
    return pc.if_else(pa.array(numbers >= 0), text, pa.scalar(None, pa.string()))


def words(numbers: Numbers, names: Sequence[str | None]) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(numbers))


def stamps(microseconds: Numbers, known: Numbers | None = None) -> pa.Array:
    mask = None if known is None else ~known
    return pa.array(microseconds.astype(np.int64), pa.int64(), mask=mask).cast(pa.timestamp("us", tz="UTC"))


def table(name: str, rows: int, columns: Mapping[str, Any]) -> pa.Table:
    """`rows` rows of a landed table; a scalar fills its column."""
    known = {"_source": SOURCE, **columns}
    arrays = [_column(field, known.get(field.name), rows) for field in TABLES[name].schema]
    return pa.Table.from_arrays(arrays, schema=TABLES[name].schema)


def _column(field: pa.Field, value: Any, rows: int) -> pa.Array:
    if value is None:
        return pa.nulls(rows, field.type)
    if isinstance(value, pa.Array | pa.ChunkedArray):
        return value.cast(field.type)
    if not isinstance(value, np.ndarray):
        return pa.repeat(pa.scalar(value, field.type), rows)
    if pa.types.is_decimal(field.type):
        return pc.round(pa.array(value, pa.float64()), field.type.scale).cast(field.type, safe=False)
    return pa.array(value, field.type)
