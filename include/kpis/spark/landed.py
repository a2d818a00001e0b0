"""The landed tables as Spark sees them."""

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from include.lake import TABLES, Lake
from include.lake.compaction import files


def register(session: SparkSession, lake: Lake) -> None:
    """A view for each table of TABLES, empty where nothing has landed."""
    for table in TABLES.values():
        shape = from_arrow_schema(table.schema)
        found = [str(file) for file in files(lake.root, table.name)]
        rows = (
            session.read.schema(shape).parquet(*found) if found else session.createDataFrame(table.schema.empty_table())
        )
        rows.createOrReplaceTempView(table.name)
