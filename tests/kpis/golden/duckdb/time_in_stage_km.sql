select period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member, null as currency, case when status not in ('missing', 'null') then numerator end as numerator,
    case when status not in ('missing', 'null') then denominator end as denominator,
    case when status not in ('missing', 'null') then value end as value, status, case when status <> 'missing' then n else 0 end as n
from (
    select c.period_id, c.region, c.stage, c.channel, c.country, c.subdivision, c.city, c.rep, c.breakdown, c.member, cast(null as decimal(38, 9)) as numerator, cast(null as decimal(38, 9)) as denominator, c.value, c.n,
        case when a.first_day is null or p.period_end not between a.first_day and a.last_day then 'missing'
            when c.value is null then 'null' when date_diff('day', p.period_end, date '2026-10-31') < c.value then 'immature' when p.period_end < p.period_closes then 'partial' else 'ok' end as status
    from (
    select period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member, sum(seen) as n, min(case when survival <= 0.5 then lasted end) as value
    from (
    with observed as (
        select p.period_id, f.stage, f.channel, f.region, f.country, f.subdivision, f.rep, f.is_open,
            cast(f.days as double) as lasted
        from stage_visits as f
        join periods as p on f.began_on between p.period_start and p.period_end and true
        where (days >= 0) and p.period_grain in ('week', 'month', 'quarter')),
    tally as (
        select period_id, region, stage, channel, country, subdivision, cast(null as varchar) as city, rep, cast(null as varchar) as breakdown, cast(null as varchar) as member, lasted, count(*) as seen, sum(case when is_open then 0 else 1 end) as over_now
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
    group by period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member) as c
    join periods as p on p.period_id = c.period_id
    left join availability as a on a.kpi = 'time_in_stage' and a.region = coalesce(c.region, 'company')
) as judged
order by period_id, region nulls first, stage nulls first, channel nulls first, country nulls first, subdivision nulls first, city nulls first, rep nulls first, breakdown nulls first, member nulls first
