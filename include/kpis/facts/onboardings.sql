-- kind: event
-- needs: product_events accounts
-- key: payer_id
-- A customer that began onboarding, on the day it first did, and how many days later it was through: when the product
-- said so, or when it had done every step that any customer has to do, whichever came first.
with
begun as (
    select
        e.*, row_number() over (partition by e.payer_id order by e.occurred_at, e.event_id) as nth
    from account_events as e
    where e.event_type = 'onboarding_start'
),
required as (
    select distinct step_no
    from account_events
    where event_type = 'onboarding_step' and is_required and step_no is not null
),
steps_done as (
    select e.payer_id, e.step_no, min(e.day) as day
    from account_events as e
    join required as r on r.step_no = e.step_no
    where e.event_type = 'onboarding_step'
    group by e.payer_id, e.step_no
),
through as (
    select payer_id, min(day) as day
    from (
        select payer_id, day from account_events where event_type = 'onboarding_completed'
        union all
        select payer_id, max(day)
        from steps_done
        group by payer_id
        having count(*) = (select count(*) from required)
    )
    group by payer_id
)
select
    s.payer_id, s.day, date_diff('day', s.day, t.day) as days_taken, s.region, coalesce(a.channel, 'unknown') as channel,
    coalesce(a.country, 'unknown') as country, coalesce(a.subdivision, 'unknown') as subdivision,
    coalesce(a.city, 'unknown') as city, coalesce(a.segment, 'unknown') as segment
from begun as s
left join through as t on t.payer_id = s.payer_id
left join known_accounts as a on a.account_id = s.payer_id
where s.nth = 1
