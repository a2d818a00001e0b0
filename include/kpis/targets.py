"""Monthly targets by KPI and region, at the level they are written for; a level without one is the sum below it."""

from contextlib import closing
from datetime import date

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from include.company import Company
from include.kpis import calendar, stored
from include.kpis.catalogue import KPIS
from include.kpis.kpi import Unit
from include.kpis.materialise import materialise
from include.lake import Lake

TARGETS: pa.Schema = pa.schema(
    [
        pa.field("kpi", pa.string(), nullable=False),
        pa.field("region", pa.string(), nullable=False),
        pa.field("period_start", pa.date32(), nullable=False),
        pa.field("period_end", pa.date32(), nullable=False),
        pa.field("target", pa.float64()),
        pa.field("currency", pa.string()),
    ]
)
"""region is an id, `company` for the whole; money comes in the region's currency and in the company's."""
NEEDS = ("plan", "plan_lines")

_ADDED = """
select s.metric, coalesce(p.region, 'company') as region, s.day, s.last_day, sum(p.amount_region) as in_region,
    sum(p.amount_company) as in_company
from (select distinct metric, day, last_day from plan) as s
join plan as p on p.metric = s.metric and p.day >= s.day and p.last_day <= s.last_day
group by grouping sets ((s.metric, s.day, s.last_day), (s.metric, p.region, s.day, s.last_day))"""

_WRITTEN = """
select metric, region, period_start as day, period_end as last_day, amount_region, amount_company
from plan_lines
where level in ('company', 'region') and country = 'unallocated'"""

_MONTHS = """
with levels as (
    select t.* from ({added}) as t left join ratios as x on x.metric = t.metric where x.metric is null
    union all
    select t.* from ({written}) as t join ratios as x on x.metric = t.metric
),
shown as (
    select l.*, r.currency as currency_region, r.company_currency, m.metric is not null as is_money
    from levels as l
    join regions as r on r.region = l.region
    left join moneys as m on m.metric = l.metric
    where l.last_day = last_day(l.day) and l.day = date_trunc('month', l.day)
)
select metric as kpi, region, day as period_start, last_day as period_end, cast(in_company as double) as target,
    case when is_money then company_currency end as currency
from shown
union all
select metric, region, day, last_day, cast(in_region as double), currency_region
from shown
where is_money and currency_region <> company_currency
order by 1, 2, 3, 6"""


def targets(lake: Lake, company: Company, day: date, night: str | None = None) -> pd.DataFrame:
    """Targets as known at cutoff(day), in the columns of TARGETS; rates are never added up. Those that the scoring of
    `night` stored, where it did; they are the same every night."""
    known = None if night is None else stored.file(lake.root, night, day, "targets")
    rows = (
        _planned(lake, company, day)
        if known is None or not known.is_file()
        else pq.read_table(known, partitioning=None)
    )
    return pd.DataFrame(rows.to_pylist(), columns=TARGETS.names)


def _planned(lake: Lake, company: Company, day: date) -> pa.Table:
    with closing(lake.connect()) as connection:
        calendar.prepare(connection, company, day)
        materialise(connection, NEEDS)
        return monthly(connection)


def monthly(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """TARGETS of all regions, from a connection that has the relations in NEEDS."""
    calendar.table(connection, "ratios", "metric", ((kpi.id,) for kpi in KPIS.values() if kpi.is_ratio))
    calendar.table(connection, "moneys", "metric", ((kpi.id,) for kpi in KPIS.values() if kpi.unit is Unit.MONEY))
    return connection.sql(_MONTHS.format(added=_ADDED, written=_WRITTEN)).to_arrow_table().cast(TARGETS)
