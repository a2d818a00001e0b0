"""A night scored by DuckDB and by Spark, and what differs: `python -m bin.spark LAKE CONFIG DAY [NIGHT]`.

Spark runs here, in one process (`MASTER`, by default local[2]); `make spark` does the same with small lakes.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from pyspark.sql import SparkSession
from rich.console import Console

from include.company import Company, load
from include.kpis.score import scores as by_duckdb
from include.kpis.spark.score import scores as by_spark
from include.lake import Lake

HERE = {
    "spark.driver.memory": "4g",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.ui.enabled": "false",
    "spark.buffer.pageSize": "1m",
    "spark.sql.ui.retainedExecutions": "1",
    "spark.ui.retainedStages": "1",
    "spark.ui.retainedJobs": "1",
    "spark.ui.retainedTasks": "1",
}
"""For one process and a lake that fits it; docs/scaling.md has those of a cluster. By itself Spark takes
pages of 64 MB for each join and grouping and keeps what its web page would show, gigabytes for hundreds of queries."""
SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC -Xmn512m",
}
"""Where planning and compiling take longer than the rows: hundreds of queries, a few thousand rows each."""
KEY = (
    "kpi", "statistic", "grain", "period_start", "period_end", "age", "region", "stage", "channel", "country",
    "subdivision", "city", "rep", "breakdown", "member", "currency",
)  # fmt: skip
QUANTILES = ("median", "p90")
SHOWN = 10
OUT = Console(highlight=False, soft_wrap=True, markup=False)


def session(settings: dict[str, str] = HERE) -> SparkSession:
    """Spark in this process."""
    builder = SparkSession.builder.master(os.environ.get("MASTER", "local[2]")).appName("corong")
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def compare(lake: Lake, company: Company, night: str, day: date) -> list[str]:
    """Score `night` by both engines, print what was compared, and return the first rows that differ as text."""
    ours, seconds = _timed(lambda: by_duckdb(lake, company, night, day))
    with tempfile.TemporaryDirectory() as scratch:
        theirs, sparks = _timed(lambda: by_spark(lake, company, night, day, Path(scratch)))
    with duckdb.connect() as connection:
        connection.register("ours", ours)
        connection.register("theirs", theirs)
        OUT.print(f"{night} {day}: DuckDB {seconds:.1f} s, Spark {sparks:.1f} s")
        for line in _compared(connection):
            OUT.print(f"  {line}")
        return list(_differing(connection))


def _timed(made: Callable[[], pa.Table]) -> tuple[pa.Table, float]:
    began = time.monotonic()
    return made(), time.monotonic() - began


def _compared(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    found = connection.execute("""
        select statistic, count(distinct kpi), count(*), count(value), count(distinct kpi) filter (value is not null)
        from ours group by statistic order by statistic""").fetchall()
    for statistic, kpis, rows, values, valued in found:
        yield f"{statistic:<14}{kpis:>4} KPIs ({valued} with a value) {rows:>8} rows {values:>8} values"
    ((kpis, statistics, rows),) = connection.execute(
        "select count(distinct kpi), count(distinct (kpi, statistic)), count(*) from ours"
    ).fetchall()
    yield f"{'all':<14}{kpis:>4} KPIs, {statistics} of KPI and statistic, {rows} rows"


def _differing(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The first rows that are not there in both, or not alike: quantiles, statuses and counts exactly, sums and values
    to a billionth."""
    same = " and ".join(f"a.{name} is not distinct from b.{name}" for name in KEY)
    key = ", ".join(f"coalesce(a.{name}, b.{name}) as {name}" for name in KEY)
    said = ", ".join(f"a.{name}, b.{name}" for name in ("numerator", "denominator", "value", "status", "n"))
    exact = f"a.statistic in {QUANTILES} and a.value is distinct from b.value"
    tests = ["a.kpi is null", "b.kpi is null", "a.status <> b.status", "a.unit <> b.unit", "a.n <> b.n", exact]
    tests += [_apart(name) for name in ("numerator", "denominator", "value")]
    found = connection.execute(f"""
        select count(*) over (), {key}, {said} from ours as a full join theirs as b on {same}
        where {" or ".join(f"({test})" for test in tests)}
        order by {", ".join(f"{number + 2} nulls first" for number in range(len(KEY)))} limit {SHOWN}""").fetchall()
    if found:
        yield f"{found[0][0]} rows differ; the first, as DuckDB | Spark have numerator, denominator, value, status, n:"
    for _, *row in found:
        cell = " ".join(str(each) for each in row[: len(KEY)] if each is not None)
        values = [str(each) for each in row[len(KEY) :]]
        yield f"{cell}: {', '.join(values[::2])} | {', '.join(values[1::2])}"


def _apart(name: str) -> str:
    ours, theirs = f"cast(a.{name} as double)", f"cast(b.{name} as double)"
    near = f"abs({ours} - {theirs}) > 1e-9 * greatest(abs({ours}), abs({theirs}))"
    return f"(a.{name} is null) <> (b.{name} is null) or {near}"


def main(lake: str, config: str, day: str, night: str = "") -> int:
    """Compare a night, by default the company's; 0 if nothing differs."""
    company = load(Path(config))
    night = night or next(each.id for each in company.nights.values() if each.company)
    session()
    found = compare(Lake(Path(lake)), company, night, date.fromisoformat(day))
    OUT.print("\n".join(found) if found else "the same")
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit("usage: python -m bin.spark LAKE CONFIG DAY [NIGHT]")
    sys.exit(main(*sys.argv[1:]))
