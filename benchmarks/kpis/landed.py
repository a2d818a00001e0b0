"""The landed tables and the company as the rivals read them: a view each, over the files that the catalogue reads."""

import json
import os
from pathlib import Path

import duckdb

MEMORY = "BENCH_MEMORY"


def files(folder: Path) -> dict[str, list[str]]:
    """The files of each table; none where nothing landed."""
    return dict(json.loads((folder / "files.json").read_text()))


def limit(connection: duckdb.DuckDBPyConnection, out: Path) -> None:
    """Hold `connection` to the memory that MEMORY in the environment says, if it does; more is spilled beside `out`."""
    if os.environ.get(MEMORY):
        connection.execute(f"set memory_limit = '{os.environ[MEMORY]}'; set temp_directory = '{out / 'spilled'}'")


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection in UTC, of two threads, with a view for each table that has rows."""
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'; set threads = 2; set preserve_insertion_order = false")
    for name, found in files(folder).items():
        if found:
            connection.execute(f"create view {name} as from read_parquet({found}, hive_partitioning = false)")
    return connection
