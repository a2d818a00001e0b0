-- kind: between
-- needs: subscription_items accounts
-- key: since day payer_id
-- An account that was ever active, at the end of a period (`since` to `day`): after how many months it was gone at the
-- end of one (0: of that in which it began), or how many it has stayed (`is_open`). Only months that are over count.
with
stretches as (
    select payer_id, from_day, to_day from payer_mrr where plan = 'all' and product = 'all'
),
ends as (
    select distinct payer_id, cast(date_trunc('month', to_day) as date) as month_start, last_day(to_day) as month_end
    from stretches
    where to_day < date '9999-12-31'
),
gone as (
    select e.payer_id, min(e.month_start) as month_start
    from ends as e
    left join stretches as s on s.payer_id = e.payer_id and s.from_day <= e.month_end and s.to_day > e.month_end
    where s.payer_id is null
    group by e.payer_id
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
