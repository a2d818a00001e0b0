"""The rows of one query in the columns of the scores; texts stay the small numbers that DuckDB's enumerations are."""

import pyarrow as pa
import pyarrow.compute as pc

from include.kpis.kpi import Kpi
from include.kpis.schema import ENCODED


def assemble(kpi: Kpi, statistic: str, periods: pa.Table, rows: pa.Table) -> pa.Table:
    """`rows` (`row` of scoring.py) as ENCODED, in their order. `periods` has one row a period_id, from 0 on."""
    which = rows["period_id"]
    known = {
        "kpi": _same(kpi.id, rows.num_rows),
        "statistic": _same(statistic, rows.num_rows),
        "unit": _same(str(kpi.unit), rows.num_rows),
        "grain": periods["period_grain"].dictionary_encode().take(which),
        "period_start": periods["period_start"].take(which),
        "period_end": periods["period_end"].take(which),
    }
    if "age" not in rows.column_names:
        known["age"] = pa.nulls(rows.num_rows, pa.int32())
    columns = [known.get(field.name) for field in ENCODED]
    taken = [rows[field.name] if column is None else column for field, column in zip(ENCODED, columns, strict=True)]
    return pa.table([_as(field, column) for field, column in zip(ENCODED, taken, strict=True)], schema=ENCODED)


def _as(field: pa.Field, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(field.type) and not pa.types.is_dictionary(column.type):
        return pc.dictionary_encode(column.cast(pa.string())).cast(field.type)
    return column.cast(field.type)


def _same(word: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int8()), count), [word])
