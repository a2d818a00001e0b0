"""What a night could not count: money without a rate, margins without a cost, leads in no region's place, what ends
before it begins.

Found while scoring, from the same facts, and kept beside the scores, so that a report's notice and its figures agree:
<root>/scores/day=<day>/night=<night>/gaps.parquet.
"""

from datetime import date

import duckdb
import pyarrow as pa

from include.company import UNASSIGNED

GAPS = pa.schema(
    [
        pa.field("kind", pa.string(), nullable=False),
        pa.field("region", pa.string(), nullable=False),
        pa.field("currency", pa.string()),
        pa.field("day", pa.date32()),
        pa.field("rows", pa.int64(), nullable=False),
    ]
)
"""kind is rate (currency and day name it), cost (invoice lines of the month of the day without a variable cost),
unassigned (leads of that month), or negative_duration."""

NEEDS = (
    "deals",
    "deals_created",
    "pipeline",
    "ad_costs",
    "selling_costs",
    "plan_lines",
    "stage_entries",
    "stage_visits",
    "invoiced",
    "mrr_rates",
    "payer_mrr",
    "poc_outcomes",
)
"""The facts and relations it reads."""

_SQL = """
with unconverted as (
    select region, currency, day from deals where lacks_rate
    union all
    select region, currency, day from deals_created where lacks_rate and opportunity_type <> 'renewal'
    union all
    select region, currency, day from pipeline where lacks_rate and day = {day}
    union all
    select region, currency, day from ad_costs where lacks_rate
    union all
    select region, currency, day from selling_costs where lacks_rate
    union all
    select region, currency, rate_day from invoiced where lacks_rate
    union all
    select distinct on (m.payer_id, m.currency, x.day) m.region, m.currency, x.day
    from mrr_rates as x
    join payer_mrr as m
        on m.region = x.region and m.currency = x.currency and m.from_day <= x.day and m.to_day > x.day
    where x.lacks_rate and m.plan = 'all' and m.product = 'all'
    union all
    select region, currency, period_start from plan_lines where amount_region is null or amount_company is null
),
backwards as (
    select region from stage_visits where days < 0
    union all
    select region from poc_outcomes where days < 0
    union all
    select region from deals where days_open < 0
)
select 'rate' as kind, u.region, u.currency, u.day, count(*) as rows
from unconverted as u
where u.day between (select min(period_start) from periods) and {day}
group by u.region, u.currency, u.day
union all
select 'cost', region, null, null, count(*)
from invoiced
where lacks_cost and day between {first} and {day}
group by region
union all
select 'unassigned', region, null, null, count(*)
from stage_entries
where stage = 'lead' and region = '{unassigned}' and day between {first} and {day}
group by region
union all
select 'negative_duration', region, null, null, count(*)
from backwards
group by region
order by 1, 2, 3, 4"""


def gaps(connection: duckdb.DuckDBPyConnection, day: date) -> pa.Table:
    """The gaps of all regions, from a connection that has the facts in NEEDS."""
    first = f"date '{day.replace(day=1)}'"
    sql = _SQL.format(day=f"date '{day}'", first=first, unassigned=UNASSIGNED)
    return connection.sql(sql).to_arrow_table().cast(GAPS)
