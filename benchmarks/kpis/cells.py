"""What every contestant writes: the cells of five tables, <out>/<table>.parquet each."""

NAMES = ("funnel", "time_in_stage", "conversion_windows", "costs", "retention")
KEY = ("kpi", "statistic", "month", "age", "region", "stage", "channel", "country", "subdivision", "city", "currency")
CELL = (*KEY, "numerator", "denominator", "value")
"""Null in a dimension is rolled up. Of a quantile only the value is said."""
