"""The landed tables as DuckDB sees them: one view each, exact columns and types, empty where nothing has landed."""

from pathlib import Path

import duckdb
import pyarrow as pa

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
    if not any((root / table.name).glob("day=*/*.parquet")):
        nothing = ", ".join(f'NULL::{sql_type(field.type)} AS "{field.name}"' for field in table.schema)
        return f"SELECT {nothing} WHERE false"
    files = str(root / table.name / "day=*" / "*.parquet").replace("'", "''")
    return f"SELECT {columns} FROM read_parquet('{files}', hive_partitioning = false)"


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
