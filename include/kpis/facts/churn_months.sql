-- kind: between
-- needs: subscription_items accounts
-- key: since day month_start payer_id plan
-- distinct: plan
-- An account that was active when a month began, and whether it was gone (`is_lost`) when that ended: of each of the
-- last twelve months that were over at the end of a period (`since` to `day`). A period with fewer than twelve months
-- since billing began has no row: a rate over them is null, never one over a shorter time. Again for each plan it had.
with
began as (
    select min(first_day) as first_day from customer_traits
),
months as (
    select cast(d.day as date) as month_start, last_day(d.day) as month_end
    from days as d
    where extract(day from d.day) = 1 and d.day >= (select min(period_end) - interval '13' month from periods)
),
opened as (
    select distinct m.month_start, m.month_end, s.payer_id, s.region, s.plan
    from months as m
    join payer_mrr as s on s.product = 'all' and s.from_day < m.month_start and s.to_day >= m.month_start
),
closed as (
    select distinct m.month_start, s.payer_id
    from months as m
    join payer_mrr as s
        on s.plan = 'all' and s.product = 'all' and s.from_day <= m.month_end and s.to_day > m.month_end
),
pairs as (
    select distinct
        period_start as since, period_end as day,
        cast(date_trunc('month', period_end + interval '1' day) as date) as after_last
    from periods
    where period_grain in ('month', 'quarter', 'year', 'rolling_12m')
)
select
    p.since, p.day, o.month_start, o.payer_id, c.payer_id is null as is_lost, o.region, o.plan, t.channel, t.country, t.subdivision,
    t.segment, t.account_owner, t.cohort_month
from pairs as p
join began as b on b.first_day < p.after_last - interval '12' month
join opened as o on o.month_start >= p.after_last - interval '12' month and o.month_start < p.after_last
left join closed as c on c.month_start = o.month_start and c.payer_id = o.payer_id
join customer_traits as t on t.payer_id = o.payer_id
