with counted as not materialized (
    select p.period_id, p.period_grain, p.is_recent, cast(channel as channel_member) as channel, cast(region as region_member) as region, cast(country as country_member) as country, cast(subdivision as subdivision_member) as subdivision, cast(rep as rep_member) as rep, cast(city as city_member) as city, cast(campaign as member) as campaign, cast(team as member) as team, cast(segment as member) as segment,
        case when stage = 'lead' then 1 end as m0_rows
    from stage_entries as f
    join span_during_0 as s on s.day = f.day
    join periods as p on p.period_id = s.period_id
    where ((stage = 'lead'))), fine_0 as (
select period_id, region, cast(null as stage_member) as stage, channel, country, subdivision, cast(null as city_member) as city, rep, case when campaign is not null then cast('campaign' as breakdown) when team is not null then cast('team' as breakdown) when segment is not null then cast('segment' as breakdown) end as breakdown, coalesce(campaign, team, segment, cast(null as member)) as member, count(m0_rows) as m0_rows
from counted
where (period_grain = 'week') or (period_grain = 'month') or (period_grain = 'quarter')
group by grouping sets (
    (period_id, region, channel),
    (period_id, region, country, subdivision),
    (period_id, region, rep),
    (period_id, region, channel, campaign),
    (period_id, region, channel, team),
    (period_id, region, channel, segment),
    (period_id, region, country, subdivision, campaign),
    (period_id, region, country, subdivision, team),
    (period_id, region, country, subdivision, segment),
    (period_id, region, rep, campaign),
    (period_id, region, rep, team),
    (period_id, region, rep, segment))
), fine_1 as (
select period_id, region, cast(null as stage_member) as stage, cast(null as channel_member) as channel, country, subdivision, city, cast(null as rep_member) as rep, cast(null as breakdown) as breakdown, coalesce(cast(null as member)) as member, count(m0_rows) as m0_rows
from counted
where (period_grain = 'month' and is_recent)
group by grouping sets (
    (period_id, region, country, subdivision, city))
)
select * from fine_0
union all 
select period_id, region, cast(null as stage_member) as stage, channel, cast(null as country_member) as country, cast(null as subdivision_member) as subdivision, cast(null as city_member) as city, cast(null as rep_member) as rep, breakdown, member, cast(sum(m0_rows) as bigint) as m0_rows
from fine_0
where region is not null and stage is null and channel is not null and country is null and subdivision is null and city is null and rep is null
group by grouping sets (
    (period_id, breakdown, member),
    (period_id, breakdown, member, channel),
    (period_id, breakdown, member, region))
union all 
select period_id, region, cast(null as stage_member) as stage, cast(null as channel_member) as channel, country, cast(null as subdivision_member) as subdivision, cast(null as city_member) as city, cast(null as rep_member) as rep, breakdown, member, cast(sum(m0_rows) as bigint) as m0_rows
from fine_0
where region is not null and stage is null and channel is null and country is not null and subdivision is not null and city is null and rep is null
group by grouping sets (
    (period_id, breakdown, member, region, country))
union all select * from fine_1
