"""Monthly targets by KPI and region, at the level they are written for; a level without one is the sum below it."""

from contextlib import closing
from datetime import date

import pandas as pd

from include.company import Company
from include.kpis import calendar
from include.kpis.catalogue import KPIS
from include.kpis.kpi import Unit
from include.kpis.relations import materialise
from include.lake import Lake

COLUMNS = ("kpi", "region", "period_start", "period_end", "target", "currency")

_ADDED = """
select metric, coalesce(region, 'company') as region, day, last_day, sum(amount_region) as in_region,
    sum(amount_company) as in_company
from plan
group by grouping sets ((metric, day, last_day), (metric, region, day, last_day))"""

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
select metric, region, day, last_day, cast(in_company as double), case when is_money then company_currency end
from shown
union all
select metric, region, day, last_day, cast(in_region as double), currency_region
from shown
where is_money and currency_region <> company_currency
order by 1, 2, 3, 6"""


def targets(lake: Lake, company: Company, day: date) -> pd.DataFrame:
    """Targets as known at cutoff(day): kpi, region (id, `company` for the whole), period_start, period_end, target,
    currency (money targets come in the region's and in the company's; None otherwise). Rates are never added up."""
    with closing(lake.connect()) as connection:
        calendar.prepare(connection, company, day)
        materialise(connection, ["plan"])
        ratios = ((kpi.id,) for kpi in KPIS.values() if kpi.denominator is not None)
        moneys = ((kpi.id,) for kpi in KPIS.values() if kpi.unit is Unit.MONEY)
        calendar.table(connection, "ratios", "metric", ratios)
        calendar.table(connection, "moneys", "metric", moneys)
        rows = connection.execute(_MONTHS.format(added=_ADDED, written=_WRITTEN)).fetchall()
    return pd.DataFrame(rows, columns=list(COLUMNS))
