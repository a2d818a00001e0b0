select period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member, sum(seen) as n, min(case when survival <= 0.5 then lasted end) as value
    from (
    with observed as (
        select p.period_id, cast(f.stage as stage_member) as stage, cast(f.channel as channel_member) as channel, cast(f.region as region_member) as region, cast(f.country as country_member) as country, cast(f.subdivision as subdivision_member) as subdivision, cast(f.rep as rep_member) as rep, f.is_open,
            cast(f.days as double) as lasted
        from stage_visits as f
        join periods as p on f.began_on between p.period_start and p.period_end and true
        where (days >= 0) and p.period_grain in ('week', 'month', 'quarter')),
    tally as (
        select period_id, region, stage, channel, country, subdivision, cast(null as city_member) as city, rep, cast(null as breakdown) as breakdown, coalesce(cast(null as member)) as member, lasted, count(*) as seen,
            sum(case when is_open then 0 else 1 end) as over_now
        from observed
        group by grouping sets ((period_id, lasted, stage), (period_id, lasted, channel, stage), (period_id, lasted, region, stage), (period_id, lasted, region, channel, stage), (period_id, lasted, region, country, stage), (period_id, lasted, region, country, subdivision, stage), (period_id, lasted, region, rep, stage))
    ),
    risked as (
        select *, sum(seen) over (partition by period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member order by lasted desc) as at_risk from tally
    ),
    followed as (
        select
            period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member, lasted, seen, min(at_risk - over_now) over (
                partition by period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member order by lasted
            ) as least_left,
            sum(ln(case when at_risk > over_now then 1 - over_now / cast(at_risk as double) else 1 end)) over (
                partition by period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member order by lasted
            ) as logarithm
        from risked
    )
    select
        period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member, lasted, seen,
        case when least_left = 0 then 0 else round(exp(logarithm), 12) end as survival
    from followed) as e
    group by period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member
