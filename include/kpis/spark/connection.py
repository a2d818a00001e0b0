"""Spark in the place of DuckDB: what the room asks of a connection, and no more.

Every relation is written to a folder of scratch files and read again: without that, Spark works out a relation anew
for everybody who names it.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from include.kpis.spark.dialect import file, spark

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",  # null by nought, as everywhere
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",  # sums keep their nine digits
    "spark.ui.enabled": "false",
}
_TYPES = {
    "date": pa.date32(), "boolean": pa.bool_(), "integer": pa.int32(),
    "timestamptz": pa.timestamp("us", "UTC"),
}  # fmt: skip
"""Of a column; text where it is none of these, as the members of an enumeration are."""
_TABLE = re.compile(r"create table (\w+) \((.*)\)$", re.S)
_AS = re.compile(r"\s*create table (\w+) as\s(.*)", re.S)
_INSERT = re.compile(r"insert into (\w+) ")
_DROP = re.compile(r"drop table (\w+)$")
_SETTING = re.compile(r"\s*(set|use|create schema|create type)\b")


@dataclass(frozen=True)
class Rows:
    """What a query gave."""

    found: DataFrame

    @property
    def columns(self) -> list[str]:
        return list(self.found.columns)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.found.collect()]

    def to_arrow_table(self) -> pa.Table:
        return self.found.toArrow()


class Connection:
    """Relations of a night under their names, on one Spark session."""

    def __init__(self, session: SparkSession, scratch: Path) -> None:
        self.session, self.scratch = session, scratch
        self.shapes: dict[str, list[list[str]]] = {}

    def cursor(self) -> "Connection":
        return self

    def sql(self, query: str) -> Rows:
        return Rows(self.session.sql(spark(query)))

    def execute(self, statement: str, values: list[list[Any]] | None = None) -> Rows | None:
        """Make a relation, fill one, or ask; what only DuckDB needs to be told is nothing here."""
        if _SETTING.match(statement):
            return None
        if made := _AS.match(statement):
            self._keep(made[1], self.session.sql(spark(made[2], file(made[1]))))
        elif shape := _TABLE.match(statement):
            self.shapes[shape[1]] = [column.split(" ") for column in shape[2].split(", ")]
            self._fill(shape[1], [[] for _ in self.shapes[shape[1]]])
        elif given := _INSERT.match(statement):
            self._fill(given[1], values or [])
        elif gone := _DROP.match(statement):
            self.session.catalog.dropTempView(gone[1])
            shutil.rmtree(self.scratch / gone[1])
        elif statement.startswith("describe "):
            names = self.session.table(statement.split()[1]).columns
            return Rows(self.session.createDataFrame(pa.table({"name": pa.array(names, pa.string())})))
        else:
            return self.sql(statement)
        return None

    def _fill(self, name: str, values: list[list[Any]]) -> None:
        columns = self.shapes[name]
        arrays = [
            pa.array(each, _TYPES.get(kind, pa.string())) for each, (_, kind) in zip(values, columns, strict=True)
        ]
        self.session.createDataFrame(pa.table(arrays, [column for column, _ in columns])).createOrReplaceTempView(name)

    def _keep(self, name: str, rows: DataFrame) -> None:
        folder = str(self.scratch / name)
        rows.write.mode("overwrite").parquet(folder)
        self.session.read.schema(rows.schema).parquet(folder).createOrReplaceTempView(name)
