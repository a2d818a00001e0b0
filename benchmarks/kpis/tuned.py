"""The same cells by hand-tuned DuckDB SQL (tuned/*.sql): what somebody would write for these five tables alone."""

from contextlib import closing
from pathlib import Path

from benchmarks.kpis.cells import CELL, names
from benchmarks.kpis.landed import connect, limit

SQL = Path(__file__).parent / "tuned"
STEPS = {"3_visits": "time_in_stage", "4_costs": "costs", "5_retention": "retention"}
"""What only one table needs."""


def run(folder: Path, out: Path) -> None:
    """Write <out>/<table>.parquet for each of the five."""
    with closing(connect(folder)) as connection:
        limit(connection, out)
        for file in sorted(SQL.glob("*.sql")):
            if file.stem not in STEPS or STEPS[file.stem] in names():
                connection.execute(file.read_text(encoding="utf-8"))
        for name in names():
            cells = (SQL / "cells" / f"{name}.sql").read_text(encoding="utf-8")
            connection.execute(f"copy (select {', '.join(CELL)} from ({cells})) to '{out / name}.parquet'")
