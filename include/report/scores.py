"""A night's scores become the cells of a region's report."""

from contextlib import closing
from typing import Any

import duckdb
import pyarrow as pa

from include.company import Region
from include.report.cells import KEY, Cell, Cells
from include.report.selection import mine

READ = (*KEY, "currency", "numerator", "denominator", "value", "unit", "status", "n")


def read(scores: pa.Table, region: Region) -> Cells:
    """The cells of a region's report out of a night's scores, money in the region's currency.

    `scores` has the columns of the fixed interface `scores`. Another team's cells are left behind here.
    """
    with closing(duckdb.connect()) as connection:
        return of(connection.from_arrow(scores).filter(mine(region)).to_arrow_table(), region)


def of(table: pa.Table, region: Region) -> Cells:
    """The cells of the rows that `mine(region)` holds, in the columns READ."""
    rows = zip(*(_values(table.column(name)) for name in READ), strict=True)
    return Cells((_cell(row) for row in rows), None if region.is_company else region.id)


def _cell(row: tuple[Any, ...]) -> Cell:
    *key, currency, numerator, denominator, value, unit, status, n = row
    return Cell(tuple(key), value, numerator, denominator, unit, currency, status, n)


def _values(column: pa.ChunkedArray) -> list[Any]:
    """Decimals as floats, which Python makes ten times as fast; of texts and days, a few dozen in 20,000 rows, each
    made once."""
    if pa.types.is_decimal(column.type):
        return list(column.cast(pa.float64()).to_pylist())
    if not (pa.types.is_string(column.type) or pa.types.is_date(column.type)):
        return list(column.to_pylist())
    coded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    members = coded.dictionary.to_pylist()
    return [members[at] for at in coded.indices.to_pylist()]
