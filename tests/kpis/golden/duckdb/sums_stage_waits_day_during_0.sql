with counted as not materialized (
    select p.period_id, p.period_grain, p.is_recent, cast(stage as stage_member) as stage, cast(channel as channel_member) as channel, cast(region as region_member) as region, cast(country as country_member) as country,
        case when (days >= 0) and (not is_cut) then 1 end as m0_rows
    from stage_waits as f
    join span_during_0 as s on s.day = f.day
    join periods as p on p.period_id = s.period_id
    where (((days >= 0) and (not is_cut)))), fine_0 as (
select period_id, region, stage, channel, country, cast(null as subdivision_member) as subdivision, cast(null as city_member) as city, cast(null as rep_member) as rep, cast(null as breakdown) as breakdown, coalesce(cast(null as member)) as member, count(m0_rows) as m0_rows
from counted
where (period_grain = 'month') or (period_grain = 'quarter')
group by grouping sets (
    (period_id, region, channel, stage),
    (period_id, region, country, stage))
)
select * from fine_0
union all 
select period_id, region, stage, channel, cast(null as country_member) as country, cast(null as subdivision_member) as subdivision, cast(null as city_member) as city, cast(null as rep_member) as rep, breakdown, member, cast(sum(m0_rows) as bigint) as m0_rows
from fine_0
where region is not null and stage is not null and channel is not null and country is null and subdivision is null and city is null and rep is null
group by grouping sets (
    (period_id, breakdown, member, stage),
    (period_id, breakdown, member, channel, stage),
    (period_id, breakdown, member, region, stage))
