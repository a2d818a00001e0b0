with sums as (
    select
        stage, cast(date_trunc('month', day) as date) as month, region, channel, country, subdivision,
        cast(sum(days) as double) as numerator, cast(count(*) as double) as denominator,
        quantile_cont(cast(days as double), 0.5) as median, quantile_cont(cast(days as double), 0.9) as p90
    from stage_visits
    join periods as p on p.period_start = cast(date_trunc('month', day) as date)
    where days >= 0
    group by grouping sets (
        (stage, month), (stage, month, channel), (stage, month, region), (stage, month, region, channel),
        (stage, month, region, country), (stage, month, region, country, subdivision))
)
select
    'time_in_stage' as kpi, s.statistic, month, cast(null as integer) as age, region, stage, channel, country, subdivision,
    cast(null as varchar) as city, cast(null as varchar) as currency,
    case when s.statistic = 'value' then numerator end as numerator,
    case when s.statistic = 'value' then denominator end as denominator,
    case s.statistic when 'value' then numerator / denominator when 'median' then median else p90 end as value
from sums
cross join (values ('value'), ('median'), ('p90')) as s(statistic)
