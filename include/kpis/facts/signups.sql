-- kind: event
-- needs: product_events accounts
-- key: event_id
-- A user that signed up (an account, where nobody says which user), on the day it first did, and how many days later it
-- was first active.
with
signed as (
    select
        e.*,
        row_number() over (partition by coalesce(e.user_id, e.account_id) order by e.occurred_at, e.event_id) as nth
    from account_events as e
    where e.event_type = 'signup'
),
activated as (
    select s.event_id, min(a.day) as day
    from signed as s
    join account_events as a
        on a.event_type = 'activation' and a.occurred_at >= s.occurred_at
        and case when s.user_id is null then a.account_id = s.account_id else a.user_id = s.user_id end
    where s.nth = 1
    group by s.event_id
)
select
    s.event_id, s.day, date_diff('day', s.day, t.day) as days_taken, s.region, coalesce(a.channel, 'unknown') as channel,
    coalesce(a.country, 'unknown') as country, coalesce(a.subdivision, 'unknown') as subdivision,
    coalesce(a.city, 'unknown') as city, coalesce(a.segment, 'unknown') as segment
from signed as s
left join activated as t on t.event_id = s.event_id
left join known_accounts as a on a.account_id = s.payer_id
where s.nth = 1
