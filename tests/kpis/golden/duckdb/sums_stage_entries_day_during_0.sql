select period_id, channel, region, country, subdivision, rep, cast(null as city_member) as city, campaign, team, segment, (1 - grouping(channel)) * 1 + (1 - grouping(region)) * 2 + (1 - grouping(country)) * 4 + (1 - grouping(subdivision)) * 8 + (1 - grouping(rep)) * 16 + (1 - grouping(campaign)) * 64 + (1 - grouping(team)) * 128 + (1 - grouping(segment)) * 256 as cut, count(m0_rows) as m0_rows
from (
    select p.period_id, cast(channel as channel_member) as channel, cast(region as region_member) as region, cast(country as country_member) as country, cast(subdivision as subdivision_member) as subdivision, cast(rep as rep_member) as rep, cast(city as city_member) as city, cast(campaign as campaign_member) as campaign, cast(team as team_member) as team, cast(segment as segment_member) as segment,
        case when stage = 'lead' then 1 end as m0_rows
    from stage_entries as f
    join span_during_0 as s on s.day = f.day
    join periods as p on p.period_id = s.period_id
    where ((stage = 'lead')) and ((period_grain = 'week') or (period_grain = 'month') or (period_grain = 'quarter')))
group by grouping sets (
    (period_id),
    (period_id, channel),
    (period_id, region),
    (period_id, region, channel),
    (period_id, region, country),
    (period_id, region, country, subdivision),
    (period_id, region, rep),
    (period_id, campaign),
    (period_id, team),
    (period_id, segment),
    (period_id, channel, campaign),
    (period_id, channel, team),
    (period_id, channel, segment),
    (period_id, region, campaign),
    (period_id, region, team),
    (period_id, region, segment),
    (period_id, region, channel, campaign),
    (period_id, region, channel, team),
    (period_id, region, channel, segment),
    (period_id, region, country, campaign),
    (period_id, region, country, team),
    (period_id, region, country, segment),
    (period_id, region, country, subdivision, campaign),
    (period_id, region, country, subdivision, team),
    (period_id, region, country, subdivision, segment),
    (period_id, region, rep, campaign),
    (period_id, region, rep, team),
    (period_id, region, rep, segment))
union all
select period_id, cast(null as channel_member) as channel, region, country, subdivision, cast(null as rep_member) as rep, city, cast(null as campaign_member) as campaign, cast(null as team_member) as team, cast(null as segment_member) as segment, (1 - grouping(region)) * 2 + (1 - grouping(country)) * 4 + (1 - grouping(subdivision)) * 8 + (1 - grouping(city)) * 32 as cut, count(m0_rows) as m0_rows
from (
    select p.period_id, cast(channel as channel_member) as channel, cast(region as region_member) as region, cast(country as country_member) as country, cast(subdivision as subdivision_member) as subdivision, cast(rep as rep_member) as rep, cast(city as city_member) as city, cast(campaign as campaign_member) as campaign, cast(team as team_member) as team, cast(segment as segment_member) as segment,
        case when stage = 'lead' then 1 end as m0_rows
    from stage_entries as f
    join span_during_0 as s on s.day = f.day
    join periods as p on p.period_id = s.period_id
    where ((stage = 'lead')) and ((period_grain = 'month' and is_recent)))
group by grouping sets (
    (period_id, region, country, subdivision, city))
