"""A night's scores by Spark."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast

import duckdb
import pyarrow as pa
from pyspark.sql import SparkSession

from include.company import Company
from include.kpis.catalogue import KPIS
from include.kpis.cubes import plan
from include.kpis.kpi import Kpi
from include.kpis.schema import SCORES
from include.kpis.score import scored
from include.kpis.spark.connection import SETTINGS, Connection
from include.kpis.spark.landed import register
from include.lake import Lake


def scores(
    lake: Lake, company: Company, night: str, day: date, scratch: Path, kpis: Iterable[Kpi] = KPIS.values()
) -> pa.Table:
    """The scores of a night as SCORES, sorted by key: those of DuckDB."""
    builder = SparkSession.builder.appName("corong")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    register(session, lake)
    connection = cast(duckdb.DuckDBPyConnection, Connection(session, scratch))  # as far as the room uses one
    made = scored(connection, lake, company, night, day, plan(kpis))
    return pa.concat_tables([SCORES.empty_table(), *(part.cast(SCORES) for part in made)])
