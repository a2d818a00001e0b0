-- kind: event
-- needs: subscription_items accounts
-- key: payer_id plan age
-- distinct: plan
-- An account of a cohort (by the first day it was worth anything a month), `age` months later: whether it was active at
-- the end of that month, or is now, in the month that runs. Again for each plan it began with.
with
firsts as (
    select distinct payer_id, region, plan, first_day
    from payer_mrr
    where product = 'all' and from_day = first_day
),
months as (
    select period_start, period_end from periods where period_grain = 'month' and not is_cut
),
standing as (
    select distinct s.payer_id, m.period_start
    from months as m
    join payer_mrr as s
        on s.plan = 'all' and s.product = 'all' and s.from_day <= m.period_end and s.to_day > m.period_end
),
aged as (
    select f.payer_id, f.region, f.plan, f.first_day, m.period_start, s.payer_id is not null as is_active
    from firsts as f
    join months as m on m.period_end >= f.first_day
    left join standing as s on s.payer_id = f.payer_id and s.period_start = m.period_start
)
select
    m.payer_id, m.first_day as day, cast(date_diff('month', m.first_day, m.period_start) as integer) as age, m.is_active, m.region,
    m.plan, t.channel, t.country, t.subdivision, t.segment, t.account_owner, t.cohort_month
from aged as m
join customer_traits as t on t.payer_id = m.payer_id
