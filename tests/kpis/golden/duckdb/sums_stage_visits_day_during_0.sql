with counted as not materialized (
    select p.period_id, p.period_grain, p.is_recent, cast(stage as stage_member) as stage, cast(channel as channel_member) as channel, cast(region as region_member) as region, cast(country as country_member) as country, cast(subdivision as subdivision_member) as subdivision, cast(rep as rep_member) as rep, cast(campaign as member) as campaign, cast(team as member) as team, cast(segment as member) as segment, cast(product as member) as product, cast(opportunity_type as member) as opportunity_type,
        case when days >= 0 then days end as m0_value, case when days >= 0 then 1 end as m0_rows, case when days >= 0 then 1 end as m1_rows
    from stage_visits as f
    join span_during_0 as s on s.day = f.day
    join periods as p on p.period_id = s.period_id
    where ((days >= 0) or (days >= 0))), fine_0 as (
select period_id, region, stage, channel, country, subdivision, cast(null as city_member) as city, rep, case when campaign is not null then cast('campaign' as breakdown) when team is not null then cast('team' as breakdown) when segment is not null then cast('segment' as breakdown) when product is not null then cast('product' as breakdown) when opportunity_type is not null then cast('opportunity_type' as breakdown) end as breakdown, coalesce(campaign, team, segment, product, opportunity_type, cast(null as member)) as member, sum(m0_value) as m0_value, count(m0_rows) as m0_rows, count(m1_rows) as m1_rows
from counted
where (period_grain = 'week') or (period_grain = 'month') or (period_grain = 'quarter')
group by grouping sets (
    (period_id, region, channel, stage),
    (period_id, region, country, subdivision, stage),
    (period_id, region, rep, stage),
    (period_id, region, channel, stage, campaign),
    (period_id, region, channel, stage, team),
    (period_id, region, channel, stage, segment),
    (period_id, region, channel, stage, product),
    (period_id, region, channel, stage, opportunity_type),
    (period_id, region, country, subdivision, stage, campaign),
    (period_id, region, country, subdivision, stage, team),
    (period_id, region, country, subdivision, stage, segment),
    (period_id, region, country, subdivision, stage, product),
    (period_id, region, country, subdivision, stage, opportunity_type),
    (period_id, region, rep, stage, campaign),
    (period_id, region, rep, stage, team),
    (period_id, region, rep, stage, segment),
    (period_id, region, rep, stage, product),
    (period_id, region, rep, stage, opportunity_type))
)
select * from fine_0
union all 
select period_id, region, stage, channel, cast(null as country_member) as country, cast(null as subdivision_member) as subdivision, cast(null as city_member) as city, cast(null as rep_member) as rep, breakdown, member, sum(m0_value) as m0_value, cast(sum(m0_rows) as bigint) as m0_rows, cast(sum(m1_rows) as bigint) as m1_rows
from fine_0
where region is not null and stage is not null and channel is not null and country is null and subdivision is null and city is null and rep is null
group by grouping sets (
    (period_id, breakdown, member, stage),
    (period_id, breakdown, member, channel, stage),
    (period_id, breakdown, member, region, stage))
union all 
select period_id, region, stage, cast(null as channel_member) as channel, country, cast(null as subdivision_member) as subdivision, cast(null as city_member) as city, cast(null as rep_member) as rep, breakdown, member, sum(m0_value) as m0_value, cast(sum(m0_rows) as bigint) as m0_rows, cast(sum(m1_rows) as bigint) as m1_rows
from fine_0
where region is not null and stage is not null and channel is null and country is not null and subdivision is not null and city is null and rep is null
group by grouping sets (
    (period_id, breakdown, member, region, country, stage))
