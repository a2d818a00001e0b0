select period_id, stage, channel, region, country, (1 - grouping(stage)) * 1 + (1 - grouping(channel)) * 2 + (1 - grouping(region)) * 4 + (1 - grouping(country)) * 8 as cut, count(m0_rows) as m0_rows
from (
    select p.period_id, cast(stage as stage_member) as stage, cast(channel as channel_member) as channel, cast(region as region_member) as region, cast(country as country_member) as country,
        case when (days >= 0) and (not is_cut) then 1 end as m0_rows
    from stage_waits as f
    join span_during_0 as s on s.day = f.day
    join periods as p on p.period_id = s.period_id
    where (((days >= 0) and (not is_cut))) and ((period_grain = 'month') or (period_grain = 'quarter')))
group by grouping sets (
    (period_id, stage),
    (period_id, channel, stage),
    (period_id, region, stage),
    (period_id, region, channel, stage),
    (period_id, region, country, stage))
