with counted as not materialized (
    select p.period_id, p.period_grain, p.is_recent, cast(stage as stage_member) as stage, cast(channel as channel_member) as channel, cast(region as region_member) as region, cast(country as country_member) as country, cast(subdivision as subdivision_member) as subdivision, cast(rep as rep_member) as rep,
        case when days >= 0 then days end as m0_value, case when days >= 0 then 1 end as m0_rows
    from stage_visits as f
    join span_during_0 as s on s.day = f.day
    join periods as p on p.period_id = s.period_id
    where ((days >= 0))), fine_0 as (
select period_id, region, stage, channel, country, subdivision, cast(null as city_member) as city, rep, cast(null as breakdown) as breakdown, coalesce(cast(null as member)) as member, sum(m0_value) as m0_value, count(m0_rows) as m0_rows, round(percentile_cont(0.5) within group (order by cast(m0_value as double)), 10) as q0, round(percentile_cont(0.9) within group (order by cast(m0_value as double)), 10) as q1
from counted
where (period_grain = 'week') or (period_grain = 'month') or (period_grain = 'quarter')
group by grouping sets (
    (period_id, stage),
    (period_id, channel, stage),
    (period_id, region, stage),
    (period_id, region, channel, stage),
    (period_id, region, country, stage),
    (period_id, region, country, subdivision, stage),
    (period_id, region, rep, stage))
)
select * from fine_0
