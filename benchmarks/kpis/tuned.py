"""The same cells by hand-tuned DuckDB SQL (tuned/*.sql): what somebody would write for these five tables alone."""

from contextlib import closing
from pathlib import Path

from benchmarks.kpis.cells import CELL, NAMES
from benchmarks.kpis.landed import connect

SQL = Path(__file__).parent / "tuned"


def run(folder: Path, out: Path) -> None:
    """Write <out>/<table>.parquet for each of the five."""
    with closing(connect(folder)) as connection:
        for file in sorted(SQL.glob("*.sql")):
            connection.execute(file.read_text(encoding="utf-8"))
        for name in NAMES:
            connection.execute(f"copy (select {', '.join(CELL)} from cells_{name}) to '{out / name}.parquet'")
