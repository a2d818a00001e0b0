-- What is said of an account that has ever been worth anything a month: its place and channel, who owns it now, and the
-- month in which it began.
with
firsts as (
    select payer_id, min(first_day) as first_day from payer_mrr group by payer_id
)
select
    f.payer_id, f.first_day, substr(cast(f.first_day as varchar), 1, 7) as cohort_month,
    coalesce(a.channel, 'unknown') as channel, coalesce(a.country, 'unknown') as country,
    coalesce(a.subdivision, 'unknown') as subdivision, coalesce(a.city, 'unknown') as city,
    coalesce(a.segment, 'unknown') as segment, coalesce(a.account_owner, 'unassigned') as account_owner
from firsts as f
left join known_accounts as a on a.account_id = f.payer_id
