-- kind: plan
-- needs: targets
-- key: day last_day metric region country rep
-- Targets in parts that add up: each level's own figure counts, so what a region's target holds beyond its reps', and
-- the company's beyond its regions', is a row of its own, unallocated. A level without a target is the sum below it. (A region's figures by country are
-- its figure where it has no other.)
with
rep_lines as (
    select * from plan_lines where level = 'rep'
),
of_reps as (
    select period_start, period_end, metric, region, sum(amount_region) as in_region, sum(amount_company) as in_company
    from rep_lines
    group by period_start, period_end, metric, region
),
of_regions as (
    select
        period_start, period_end, metric, region,
        coalesce(sum(case when country = 'unallocated' then amount_region end), sum(amount_region)) as in_region,
        coalesce(sum(case when country = 'unallocated' then amount_company end), sum(amount_company)) as in_company
    from plan_lines
    where level = 'region'
    group by period_start, period_end, metric, region
),
teams as (
    select
        coalesce(g.period_start, p.period_start) as period_start, coalesce(g.period_end, p.period_end) as period_end,
        coalesce(g.metric, p.metric) as metric, coalesce(g.in_company, p.in_company) as in_company
    from of_regions as g
    full join of_reps as p
        on p.period_start = g.period_start and p.period_end = g.period_end and p.metric = g.metric
        and p.region = g.region
),
of_teams as (
    select period_start, period_end, metric, sum(in_company) as in_company
    from teams
    group by period_start, period_end, metric
)
select
    period_start as day, period_end as last_day, metric, region, country, rep, team, amount_region, amount_company
from rep_lines
union all
select
    g.period_start, g.period_end, g.metric, g.region, 'unallocated', 'unallocated', 'unallocated',
    g.in_region - coalesce(p.in_region, 0), g.in_company - coalesce(p.in_company, 0)
from of_regions as g
left join of_reps as p
    on p.period_start = g.period_start and p.period_end = g.period_end and p.metric = g.metric and p.region = g.region
union all
select
    w.period_start, w.period_end, w.metric, 'unallocated', 'unallocated', 'unallocated', 'unallocated',
    w.amount_company - coalesce(t.in_company, 0), w.amount_company - coalesce(t.in_company, 0)
from plan_lines as w
left join of_teams as t on t.period_start = w.period_start and t.period_end = w.period_end and t.metric = w.metric
where w.level = 'company'
