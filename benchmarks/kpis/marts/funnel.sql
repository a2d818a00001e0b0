with counted as (
    select
        'stage_conversion_rate' as kpi, stage, cast(date_trunc('month', day) as date) as month, region, channel, country,
        subdivision, city, case when outcome = 'moved_on' and days_taken <= 90 then 1 else 0 end as up,
        case when outcome = 'entered' then 1 else 0 end as down
    from steps
    where next_stage is not null and opportunity_type <> 'renewal' and outcome in ('entered', 'moved_on')
    union all
    select
        case stage when 'lead' then 'leads_created' when 'mql' then 'mql_count' else 'sql_count' end, '-',
        cast(date_trunc('month', day) as date), region, channel, country, subdivision, city, 1, null
    from stage_entries
    where stage in ('lead', 'mql', 'sql')
),
sums as (
    select
        kpi, stage, month, region, channel, country, subdivision, city, cast(sum(up) as double) as numerator,
        cast(sum(down) as double) as denominator
    from counted
    join periods as p on p.period_start = month
    group by grouping sets (
        (kpi, stage, month), (kpi, stage, month, channel), (kpi, stage, month, region),
        (kpi, stage, month, region, channel), (kpi, stage, month, region, country),
        (kpi, stage, month, region, country, subdivision), (kpi, stage, month, region, country, subdivision, city))
    having grouping(city) = 1 or bool_and(p.is_recent)
)
select
    kpi, 'value' as statistic, month, cast(null as integer) as age, region, nullif(stage, '-') as stage, channel, country,
    subdivision, city, cast(null as varchar) as currency, numerator, denominator,
    case when kpi = 'stage_conversion_rate' then numerator / nullif(denominator, 0) else numerator end as value
from sums
