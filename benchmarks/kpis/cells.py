"""What every contestant writes: the cells of five tables, <out>/<table>.parquet each."""

import os

TABLES = "BENCH_TABLES"
"""In the environment: some of the tables, where it shall not be all of them."""
ALL = ("funnel", "time_in_stage", "conversion_windows", "costs", "retention")
KEY = ("kpi", "statistic", "month", "age", "region", "stage", "channel", "country", "subdivision", "city", "currency")
CELL = (*KEY, "numerator", "denominator", "value")
"""Null in a dimension is rolled up. Of a quantile only the value is said."""


def names() -> tuple[str, ...]:
    """The tables that are asked for."""
    return tuple(name for name in ALL if name in os.environ.get(TABLES, " ".join(ALL)).split())
