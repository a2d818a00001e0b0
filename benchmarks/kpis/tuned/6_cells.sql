-- The cells as the scores name them.
create temp table cells_funnel as
select
    kpi, 'value' as statistic, month, null::integer as age, region, null::stage_t as stage, channel, country,
    subdivision, city, null as currency, n::double as numerator, null::double as denominator, n::double as value
from cube join (values ('leads_created', 'lead'), ('mql_count', 'mql'), ('sql_count', 'sql')) as k(kpi, of) on of = stage
union all
select
    'stage_conversion_rate', 'value', month, null, region, stage, channel, country, subdivision, city, null, moved, n,
    moved / n
from cube;
create temp table cells_conversion_windows as
select
    kpi, 'value' as statistic, month, null::integer as age, region, null::stage_t as stage, channel, country,
    subdivision, city, null as currency, numerator::double as numerator, n::double as denominator,
    numerator / n as value
from (
    select *, unnest(['mql_to_sql_rate_7', 'mql_to_sql_rate_30', 'mql_to_sql_rate_90']) as kpi,
        unnest([sql_7, sql_30, sql_90]) as numerator
    from cube where stage = 'mql'
);
create temp table cells_time_in_stage as
select
    'time_in_stage' as kpi, unnest(['value', 'median', 'p90']) as statistic, month, null::integer as age, region, stage,
    channel, country, subdivision, null::city_t as city, null as currency,
    unnest([numerator, null, null])::double as numerator, unnest([denominator, null, null])::double as denominator,
    unnest([numerator / denominator, levels[1], levels[2]]) as value
from dwell;
create temp table cells_costs as
with moneys as (
    select c.*, r.company_currency as currency, in_company as amounts
    from costs as c cross join (from clocks where region = 'company') as r
    union all
    select c.*, r.currency, in_region from costs as c join clocks as r on r.region = c.region
    where r.currency <> r.company_currency
),
each_kpi as (
    select
        *, unnest(['cost_per_lead', 'cost_per_mql', 'cost_per_sql', 'cost_per_opportunity', 'cac']) as kpi,
        unnest(amounts) as amount, unnest(bought) as unit
    from moneys
)
select
    kpi, 'value' as statistic, month, null::integer as age, region, null::stage_t as stage, channel, country,
    subdivision, null::city_t as city, currency, coalesce(amount, 0) as numerator, unit::double as denominator,
    coalesce(amount, 0) / nullif(unit, 0) as value
from each_kpi where amount is not null or unit > 0;
create temp table cells_retention as
with moneys as (
    select r.*, c.company_currency as currency, in_company as kept, of_company as opening
    from retention as r cross join (from clocks where region = 'company') as c
    union all
    select r.*, c.currency, in_region, of_region from retention as r join clocks as c on c.region = r.region
    where c.currency <> c.company_currency
)
select
    unnest(['nrr', 'grr']) as kpi, 'value' as statistic, month, null::integer as age, region, null::stage_t as stage,
    channel, country, subdivision, null::city_t as city, currency, unnest(kept) as numerator, opening as denominator,
    unnest(kept) / nullif(opening, 0) as value
from moneys
union all
select
    'cohort_retention_curve', 'value', month, age, region, null, channel, country, null, null, null, numerator,
    denominator, numerator / denominator
from triangle;
