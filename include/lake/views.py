"""The landed tables as DuckDB sees them: one view each, exact columns and types, empty where nothing has landed."""

from pathlib import Path

import duckdb
import pyarrow as pa

from include.lake import compaction
from include.lake.schemas import TABLES, Table


def connect(root: Path) -> duckdb.DuckDBPyConnection:
    """An in-memory connection in UTC with a view for each table of TABLES."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for table in TABLES.values():
        connection.execute(f'CREATE VIEW "{table.name}" AS {_select(root, table)}')
    return connection


def _select(root: Path, table: Table) -> str:
    columns = ", ".join(f'"{field.name}"::{sql_type(field.type)} AS "{field.name}"' for field in table.schema)
    found = compaction.files(root, table.name)
    if not found:
        nothing = ", ".join(f'NULL::{sql_type(field.type)} AS "{field.name}"' for field in table.schema)
        return f"SELECT {nothing} WHERE false"
    return compaction.scan(found, columns)


def sql_type(kind: pa.DataType) -> str:
    """DuckDB's name of an arrow type of the landed tables."""
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision},{kind.scale})"
    if pa.types.is_list(kind):
        return f"{sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        fields = (f'"{kind[index].name}" {sql_type(kind[index].type)}' for index in range(kind.num_fields))
        return f"STRUCT({', '.join(fields)})"
    return _PLAIN[str(kind)]


_PLAIN = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "bool": "BOOLEAN",
    "date32[day]": "DATE",
    "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
}
