select * from (
        select e.period_id, a.age, e.region, e.stage, e.channel, e.country, e.subdivision, e.city, e.rep, e.breakdown, e.member, sum(e.seen) as n,
            min(case when e.lasted <= a.age then e.survival else 1 end) as survival,
            sum(case when e.lasted >= a.age then e.seen else 0 end) as at_risk
        from (
    with observed as (
        select p.period_id, cast(f.stage as stage_member) as stage, cast(f.channel as channel_member) as channel, cast(f.region as region_member) as region, cast(f.country as country_member) as country, f.is_open,
            cast(f.days as double) as lasted
        from stage_waits as f
        join periods as p on f.day between p.period_start and p.period_end and true
        where (days >= 0) and p.period_grain in ('month', 'quarter') and not p.is_cut),
    tally as (
        select period_id, region, stage, channel, country, cast(null as subdivision_member) as subdivision, cast(null as city_member) as city, cast(null as rep_member) as rep, cast(null as breakdown) as breakdown, coalesce(cast(null as member)) as member, lasted, count(*) as seen,
            sum(case when is_open then 0 else 1 end) as over_now
        from observed
        group by grouping sets ((period_id, lasted, stage), (period_id, lasted, channel, stage), (period_id, lasted, region, stage), (period_id, lasted, region, channel, stage), (period_id, lasted, region, country, stage))
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
        cross join (values (7), (14), (30), (60), (90), (120), (150), (180)) as a(age)
        group by e.period_id, a.age, e.region, e.stage, e.channel, e.country, e.subdivision, e.city, e.rep, e.breakdown, e.member
    ) as k
    where at_risk > 0 or survival = 0
    union all 
    select p.period_id, 7, s.region, null, null, null, null, null, null, null, null, 0, 1, 0
    from periods as p cross join always as s
    where p.period_grain in ('month', 'quarter') and not p.is_cut
        and not exists (select 1 from stage_waits as f where f.day between p.period_start and p.period_end and true and (days >= 0) and (s.region is null or f.region = cast(s.region as varchar)))
