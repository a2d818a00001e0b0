-- kind: between
-- needs: subscription_items accounts
-- key: since day payer_id
-- An account that was ever active, at the end of a period (`since` to `day`): after how many months it was gone at the
-- end of one (0: of that in which it began), or how many it has stayed (`is_open`). Only months that are over count.
with
months as (
    select cast(d.day as date) as month_start, last_day(d.day) as month_end
    from days as d
    where extract(day from d.day) = 1
),
active as (
    select distinct m.month_start, s.payer_id
    from months as m
    join payer_mrr as s
        on s.plan = 'all' and s.product = 'all' and s.from_day <= m.month_end and s.to_day > m.month_end
),
gone as (
    select t.payer_id, min(m.month_start) as month_start
    from customer_traits as t
    join months as m on m.month_end >= t.first_day
    left join active as a on a.month_start = m.month_start and a.payer_id = t.payer_id
    where a.payer_id is null
    group by t.payer_id
),
payer_regions as (
    select distinct payer_id, region from payer_mrr
),
pairs as (
    select distinct
        period_start as since, period_end as day,
        cast(date_trunc('month', period_end + interval '1' day) as date) as after_last
    from periods
    where period_grain in ('month', 'quarter', 'year', 'rolling_12m')
)
select
    p.since, p.day, t.payer_id, coalesce(g.month_start >= p.after_last, true) as is_open,
    case
        when g.month_start < p.after_last then date_diff('month', t.first_day, g.month_start)
        else date_diff('month', t.first_day, p.after_last) - 1
    end as months,
    r.region, t.channel, t.country, t.subdivision, t.segment
from pairs as p
join customer_traits as t on t.first_day < p.after_last
join payer_regions as r on r.payer_id = t.payer_id
left join gone as g on g.payer_id = t.payer_id
