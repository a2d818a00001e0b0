-- kind: event
-- needs: subscription_items accounts
-- An account of a cohort (by the first day it was worth anything a month), `age` months later: whether it was active at
-- the end of that month, or is now, in the month that runs.
with
firsts as (
    select distinct payer_id, region, first_day from payer_mrr
),
months as (
    select period_start, period_end from periods where period_grain = 'month' and not is_cut
),
aged as (
    select f.payer_id, f.region, f.first_day, m.period_start, bool_or(s.mrr is not null) as is_active
    from firsts as f
    join months as m on m.period_end >= f.first_day
    left join payer_mrr as s
        on s.payer_id = f.payer_id and s.from_day <= m.period_end and s.to_day > m.period_end
    group by f.payer_id, f.region, f.first_day, m.period_start
)
select
    m.first_day as day, cast(date_diff('month', m.first_day, m.period_start) as integer) as age, m.is_active, m.region,
    coalesce(a.channel, 'unknown') as channel, coalesce(a.country, 'unknown') as country,
    coalesce(a.subdivision, 'unknown') as subdivision, coalesce(a.segment, 'unknown') as segment
from aged as m
left join known_accounts as a on a.account_id = m.payer_id
