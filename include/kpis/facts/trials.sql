-- kind: event
-- needs: subscription_items billing_lines accounts
-- key: payer_id outcome
-- What came of a customer's first trial, filed under the day it began: that it was `started` (in no days), that the
-- first invoice since was `paid`, that all of that invoice was given `back`. A trial is a POC of that type; who has none
-- of these began with a subscription's trial.
with
tried as (
    select
        coalesce(y.payer_id, p.account_id) as payer_id, p.product, p.started_at,
        row_number() over (
            partition by coalesce(y.payer_id, p.account_id) order by p.started_at, p.poc_id
        ) as nth
    from known_pocs as p
    left join payers as y on y.account_id = p.account_id
    where p.type = 'trial' and p.account_id is not null
),
subscribed as (
    select
        payer_id, product, trial_start as started_at,
        row_number() over (partition by payer_id order by trial_start, item_id, valid_from) as nth
    from known_items
    where trial_start is not null
),
firsts as (
    select payer_id, product, started_at from tried where nth = 1
    union all
    select s.payer_id, s.product, s.started_at
    from subscribed as s
    left join tried as t on t.payer_id = s.payer_id and t.nth = 1
    where s.nth = 1 and t.payer_id is null
),
begun as (
    select
        f.payer_id, f.product, r.region, cast(f.started_at at time zone r.timezone as date) as day
    from firsts as f
    left join payers as y on y.account_id = f.payer_id
    join regions as r on r.region = coalesce(y.region, 'unassigned')
    where f.started_at < r.cutoff
),
paid as (
    select
        b.payer_id, i.paid_on, i.given_back_on,
        row_number() over (partition by b.payer_id order by i.paid_on, i.doc_id) as nth
    from begun as b
    join paid_invoices as i on i.payer_id = b.payer_id and i.paid_on >= b.day
),
outcomes as (
    select payer_id, 'started' as outcome, cast(null as date) as happened_on from begun
    union all
    select payer_id, 'paid', paid_on from paid where nth = 1
    union all
    select payer_id, 'back', given_back_on from paid where nth = 1 and given_back_on is not null
)
select
    b.payer_id, b.day, o.outcome, coalesce(date_diff('day', b.day, o.happened_on), 0) as days_taken, b.region,
    coalesce(a.channel, 'unknown') as channel, coalesce(a.country, 'unknown') as country,
    coalesce(a.subdivision, 'unknown') as subdivision, coalesce(a.city, 'unknown') as city,
    coalesce(a.segment, 'unknown') as segment, b.product
from outcomes as o
join begun as b on b.payer_id = o.payer_id
left join known_accounts as a on a.account_id = b.payer_id
