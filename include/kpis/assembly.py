"""The rows of one query in the columns of the scores; texts stay the small numbers that DuckDB's enumerations are."""

from dataclasses import dataclass
from functools import cached_property, reduce

import pyarrow as pa
import pyarrow.compute as pc

from include.kpis.cells import CELL
from include.kpis.kpi import Kpi
from include.kpis.schema import ENCODED


@dataclass(frozen=True)
class Known:
    """What the rows name by number: one row a period_id and one a cell_id, both from 0 on."""

    periods: pa.Table
    cells: pa.Table

    @cached_property
    def is_coarse(self) -> pa.ChunkedArray:
        """Of each cell, whether it has no breakdown and no place below its country."""
        return reduce(pc.and_, (pc.is_null(self.cells[name]) for name in ("breakdown", "subdivision", "city")))

    def coarse(self, rows: pa.Table) -> pa.Table:
        """Of `rows`, those of coarse cells: one in twenty."""
        return rows.filter(self.is_coarse.take(rows["cell_id"]))


def assemble(kpi: Kpi, statistic: str, known: Known, rows: pa.Table) -> pa.Table:
    """`rows` (`row` of scoring.py) as ENCODED, in their order."""
    columns = {
        "kpi": _same(kpi.id, rows.num_rows),
        "statistic": _same(statistic, rows.num_rows),
        "unit": _same(str(kpi.unit), rows.num_rows),
        "grain": known.periods["period_grain"].take(rows["period_id"]),
        "period_start": known.periods["period_start"].take(rows["period_id"]),
        "period_end": known.periods["period_end"].take(rows["period_id"]),
        **{name: known.cells[name].take(rows["cell_id"]) for name in CELL},
        "age": pa.nulls(rows.num_rows, pa.int32()),
        **{name: rows[name] for name in rows.column_names if name in ENCODED.names},
    }
    return encoded(pa.table([columns[name] for name in ENCODED.names], ENCODED.names)).cast(ENCODED)


def encoded(rows: pa.Table) -> pa.Table:
    """The same with each text as a number."""
    return pa.table({name: _encoded(rows[name]) for name in rows.column_names})


def _encoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    text = pa.types.is_dictionary(column.type) or pa.types.is_string(column.type)
    return pc.dictionary_encode(column).cast(ENCODED.field("kpi").type) if text else column


def _same(word: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), count), [word])
