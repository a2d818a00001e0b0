"""The lake: Parquet by table and day, and a manifest of what was pulled."""

from include.lake.entries import Entry
from include.lake.health import TableHealth
from include.lake.lake import Lake
from include.lake.landing import REJECTS, LakeError, Landing
from include.lake.pulls import Pull
from include.lake.rejects import FOLDER as REJECTS_FOLDER
from include.lake.schemas import TABLES, Table

__all__ = [
    "REJECTS",
    "REJECTS_FOLDER",
    "TABLES",
    "Entry",
    "Lake",
    "LakeError",
    "Landing",
    "Pull",
    "Table",
    "TableHealth",
]
