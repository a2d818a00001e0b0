-- kind: event
-- needs: subscription_items accounts
-- A contract's term that ends on a day, and how many days after it the contract was renewed (early: below zero): by a
-- version of the same subscription that runs beyond the term, or by a renewal won nearer to its end than to its start.
-- A contract has a term of a year or longer; what renews itself every month or quarter is never due.
with
versions as (
    select
        subscription_id, payer_id, region, status, term_start, term_end,
        cast(valid_from at time zone timezone as date) as from_day
    from known_items
    where not is_metered
),
terms as (
    select subscription_id, payer_id, region, term_end, max(term_start) as term_start
    from versions
    where term_end is not null and coalesce(date_diff('day', term_start, term_end), 365) >= 360
    group by subscription_id, payer_id, region, term_end
),
renewed as (
    select t.subscription_id, t.term_end, min(v.from_day) as renewed_on
    from terms as t
    join versions as v
        on v.subscription_id = t.subscription_id and coalesce(v.term_end, v.from_day + 1) > t.term_end
        and v.status in ('active', 'past_due')
    group by t.subscription_id, t.term_end
    union all
    select t.subscription_id, t.term_end, min(cast(o.closed_at at time zone o.timezone as date))
    from terms as t
    join known_opportunities as o on o.renewal_of_subscription_id = t.subscription_id and o.status = 'won'
    where
        abs(date_diff('day', t.term_end, cast(o.closed_at at time zone o.timezone as date)))
        <= coalesce(abs(date_diff('day', t.term_start, cast(o.closed_at at time zone o.timezone as date))), 180)
    group by t.subscription_id, t.term_end
)
select
    t.term_end as day, min(date_diff('day', t.term_end, r.renewed_on)) as days_taken, t.region,
    coalesce(any_value(a.channel), 'unknown') as channel, coalesce(any_value(a.country), 'unknown') as country,
    coalesce(any_value(a.subdivision), 'unknown') as subdivision, coalesce(any_value(a.segment), 'unknown') as segment
from terms as t
left join renewed as r on r.subscription_id = t.subscription_id and r.term_end = t.term_end
left join known_accounts as a on a.account_id = t.payer_id
group by t.subscription_id, t.payer_id, t.region, t.term_end
