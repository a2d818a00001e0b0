"""A region's targets, as the scoring of its night left them beside its scores."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from include.company import Company, Region
from include.kpis import KPIS, stored
from include.lake import Lake


def plans(lake: Lake, company: Company, region: Region, night: str, day: date) -> list[tuple[str, date, float]]:
    """KPI, first day of the month and target of the region, money in its currency; of the KPIs that are known."""
    file = stored.file(lake.root, night, day, "targets")
    rows = pq.ParquetFile(file).read() if file.is_file() else _anew(lake, company, day)
    return [
        (row["kpi"], row["period_start"], row["target"])
        for row in rows.to_pylist()  # filtered here, for where Arrow is handed a Python value it imports pandas, 35 MB
        if row["region"] == region.id and row["currency"] in (None, region.currency)
        if row["kpi"] in KPIS and row["target"] is not None
    ]


def _anew(lake: Lake, company: Company, day: date) -> pa.Table:
    """For scores without such a file beside them."""
    from include.kpis.targets import TARGETS, targets  # late: it brings pandas, which no other report needs

    return pa.Table.from_pandas(targets(lake, company, day), schema=TARGETS, preserve_index=False)
