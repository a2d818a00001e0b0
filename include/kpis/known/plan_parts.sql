-- Targets of each level in parts that add up over time: what a line holds beyond the lines of the same that lie in it (a
-- quarter's beyond its months'). A region's figures by country are its figure where it has no other. A region or the
-- company whose own lines fill a period that others write one for has one of it too: their sum. Only whole months lie
-- in another period.
with
written as (
    select 'rep' as level, metric, region, country, rep, team, period_start, period_end, amount_region as in_region,
        amount_company as in_company
    from plan_lines
    where level = 'rep'
    union all
    select
        'region', metric, region, 'unallocated', 'unallocated', 'unallocated', period_start, period_end,
        coalesce(sum(case when country = 'unallocated' then amount_region end), sum(amount_region)),
        coalesce(sum(case when country = 'unallocated' then amount_company end), sum(amount_company))
    from plan_lines
    where level = 'region'
    group by metric, region, period_start, period_end
    union all
    select
        'company', metric, 'unallocated', 'unallocated', 'unallocated', 'unallocated', period_start, period_end,
        amount_company, amount_company
    from plan_lines
    where level = 'company'
),
whole as (
    select *, date_diff('day', period_start, period_end) + 1 as length
    from written
    where extract(day from period_start) = 1 and period_end = last_day(period_end)
),
spans as (
    select distinct metric, period_start as since, period_end as until, length from whole
),
filled as (
    select
        w.level, w.metric, w.region, s.since, s.until, s.length, sum(w.in_region) as in_region,
        sum(w.in_company) as in_company
    from whole as w
    join spans as s
        on s.metric = w.metric and s.since <= w.period_start and s.until >= w.period_end and s.length > w.length
    left join whole as v
        on v.level = w.level and v.metric = w.metric and v.region = w.region and v.period_start <= w.period_start
        and v.period_end >= w.period_end and v.length > w.length and v.period_start >= s.since and v.period_end <= s.until
    where w.level <> 'rep' and v.metric is null
    group by w.level, w.metric, w.region, s.since, s.until, s.length
    having sum(w.length) = s.length
),
lines as (
    select *, date_diff('day', period_start, period_end) + 1 as length from written
    union all
    select level, metric, region, 'unallocated', 'unallocated', 'unallocated', since, until, in_region, in_company, length
    from filled
),
nested as (
    select
        w.level, w.metric, w.region, w.country, w.rep, u.period_start, u.period_end, w.in_region, w.in_company,
        row_number() over (
            partition by w.level, w.metric, w.region, w.country, w.rep, w.period_start, w.period_end order by u.length
        ) as nth
    from lines as w
    join lines as u
        on u.level = w.level and u.metric = w.metric and u.region = w.region and u.country = w.country and u.rep = w.rep
        and u.period_start <= w.period_start and u.period_end >= w.period_end and u.length > w.length
    where extract(day from w.period_start) = 1 and w.period_end = last_day(w.period_end)
),
held as (
    select level, metric, region, country, rep, period_start, period_end, sum(in_region) as in_region,
        sum(in_company) as in_company
    from nested
    where nth = 1
    group by level, metric, region, country, rep, period_start, period_end
)
select
    w.level, w.metric, w.region, w.country, w.rep, w.team, w.period_start, w.period_end, w.length,
    w.in_region - coalesce(h.in_region, 0) as in_region, w.in_company - coalesce(h.in_company, 0) as in_company
from lines as w
left join held as h
    on h.level = w.level and h.metric = w.metric and h.region = w.region and h.country = w.country and h.rep = w.rep
    and h.period_start = w.period_start and h.period_end = w.period_end
