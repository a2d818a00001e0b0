-- kind: plan
-- needs: targets
-- key: day last_day metric region country rep
-- Targets in parts that add up: each level's own figure counts, so what a region's target holds beyond its reps', and
-- the company's beyond its regions', is a row of its own, unallocated; and so is what a quarter's holds beyond its
-- months'. A level without a target is the sum below it.
with
reps_within as (
    select
        p.*, g.period_start as since, g.period_end as until,
        row_number() over (
            partition by p.metric, p.region, p.country, p.rep, p.period_start, p.period_end order by g.length
        ) as nth
    from plan_parts as p
    join plan_parts as g
        on g.level = 'region' and g.metric = p.metric and g.region = p.region and g.period_start <= p.period_start
        and g.period_end >= p.period_end
    where p.level = 'rep'
),
of_reps as (
    select metric, region, since, until, sum(in_region) as in_region, sum(in_company) as in_company
    from reps_within
    where nth = 1
    group by metric, region, since, until
),
teams as (
    select
        g.metric, g.region, g.country, g.rep, g.team, g.period_start, g.period_end,
        g.in_region - coalesce(p.in_region, 0) as in_region, g.in_company - coalesce(p.in_company, 0) as in_company
    from plan_parts as g
    left join of_reps as p
        on p.metric = g.metric and p.region = g.region and p.since = g.period_start and p.until = g.period_end
    where g.level = 'region'
    union all
    select metric, region, country, rep, team, period_start, period_end, in_region, in_company
    from plan_parts
    where level = 'rep'
),
teams_within as (
    select
        t.metric, t.in_company, w.period_start as since, w.period_end as until,
        row_number() over (
            partition by t.metric, t.region, t.country, t.rep, t.period_start, t.period_end order by w.length
        ) as nth
    from teams as t
    join plan_parts as w
        on w.level = 'company' and w.metric = t.metric and w.period_start <= t.period_start
        and w.period_end >= t.period_end
),
of_teams as (
    select metric, since, until, sum(in_company) as in_company
    from teams_within
    where nth = 1
    group by metric, since, until
)
select
    period_start as day, period_end as last_day, metric, region, country, rep, team,
    cast(in_region as decimal(28, 9)) as amount_region, cast(in_company as decimal(28, 9)) as amount_company
from teams
union all
select
    w.period_start, w.period_end, w.metric, w.region, w.country, w.rep, w.team,
    cast(w.in_region - coalesce(t.in_company, 0) as decimal(28, 9)),
    cast(w.in_company - coalesce(t.in_company, 0) as decimal(28, 9))
from plan_parts as w
left join of_teams as t on t.metric = w.metric and t.since = w.period_start and t.until = w.period_end
where w.level = 'company'
