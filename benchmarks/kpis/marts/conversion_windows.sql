with counted as (
    select
        cast(date_trunc('month', day) as date) as month, region, channel, country, subdivision, city, days_taken,
        0 as entered
    from conversions
    where stage = 'mql' and reached = 'sql'
    union all
    select cast(date_trunc('month', day) as date), region, channel, country, subdivision, city, null, 1
    from stage_entries
    where stage = 'mql'
),
sums as (
    select
        month, region, channel, country, subdivision, city, sum(entered) as denominator,
        count(case when days_taken <= 7 then 1 end) as within_7, count(case when days_taken <= 30 then 1 end) as within_30,
        count(case when days_taken <= 90 then 1 end) as within_90
    from counted
    join periods as p on p.period_start = month
    group by grouping sets (
        (month), (month, channel), (month, region), (month, region, channel), (month, region, country),
        (month, region, country, subdivision), (month, region, country, subdivision, city))
    having grouping(city) = 1 or bool_and(p.is_recent)
),
each_window as (
    select *, 'mql_to_sql_rate_7' as kpi, within_7 as numerator from sums
    union all
    select *, 'mql_to_sql_rate_30', within_30 from sums
    union all
    select *, 'mql_to_sql_rate_90', within_90 from sums
)
select
    kpi, 'value' as statistic, month, cast(null as integer) as age, region, cast(null as varchar) as stage, channel,
    country, subdivision, city, cast(null as varchar) as currency, cast(numerator as double) as numerator,
    cast(denominator as double) as denominator, numerator / nullif(denominator, 0) as value
from each_window
