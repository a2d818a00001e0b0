-- kind: event
-- needs: subscription_items accounts
-- key: subscription_id day
-- A contract's term that ends on a day, and how many days after it the contract was renewed (early: below zero): by a
-- version of the same subscription that runs beyond the term, or by a renewal won nearer to its end than to its start.
-- A contract has a term of a year or longer; what renews itself every month or quarter is never due.
-- `due` is what it was worth a month under the term, `renewed` what of that it is worth when both the term and the
-- renewal are there, uplift capped, at the rate of the term's end; its plan is the one that was due the most.
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
),
contracts as (
    select
        t.subscription_id, t.payer_id, t.region, t.term_end, min(r.renewed_on) as renewed_on,
        greatest(min(r.renewed_on), t.term_end) as stands_on
    from terms as t
    left join renewed as r on r.subscription_id = t.subscription_id and r.term_end = t.term_end
    group by t.subscription_id, t.payer_id, t.region, t.term_end
),
last_items as (
    select
        c.subscription_id, c.term_end, m.currency, m.plan, m.mrr,
        row_number() over (partition by c.subscription_id, c.term_end, m.item_id order by m.from_day desc) as nth,
        row_number() over (
            partition by c.subscription_id, c.term_end order by m.mrr desc, m.from_day desc, m.plan
        ) as rank_plan
    from contracts as c
    join item_mrr as m
        on m.subscription_id = c.subscription_id and m.term_end = c.term_end and m.from_day < c.term_end
),
amounts as (
    select subscription_id, term_end, currency, mrr as due, 0 as renewed
    from last_items
    where nth = 1
    union all
    select c.subscription_id, c.term_end, m.currency, 0, m.mrr
    from contracts as c
    join item_mrr as m
        on m.subscription_id = c.subscription_id and m.from_day <= c.stands_on
        and coalesce(m.to_day, date '9999-12-31') > c.stands_on
),
converted as (
    select
        a.subscription_id, a.term_end, sum(cast(a.due * f.factor as decimal(28, 9))) as due_region,
        sum(cast(a.due * g.factor as decimal(28, 9))) as due_company,
        sum(cast(a.renewed * f.factor as decimal(28, 9))) as renewed_region,
        sum(cast(a.renewed * g.factor as decimal(28, 9))) as renewed_company
    from amounts as a
    join contracts as c on c.subscription_id = a.subscription_id and c.term_end = a.term_end
    join regions as r on r.region = c.region
    left join fx as f on f.day = a.term_end and f.from_currency = a.currency and f.to_currency = r.currency
    left join fx as g on g.day = a.term_end and g.from_currency = a.currency and g.to_currency = r.company_currency
    group by a.subscription_id, a.term_end
)
select
    c.subscription_id, c.term_end as day, date_diff('day', c.term_end, c.renewed_on) as days_taken, c.region,
    coalesce(a.channel, 'unknown') as channel, coalesce(a.country, 'unknown') as country,
    coalesce(a.subdivision, 'unknown') as subdivision, coalesce(a.segment, 'unknown') as segment,
    coalesce(a.account_owner, 'unassigned') as account_owner, coalesce(t.cohort_month, 'unknown') as cohort_month,
    coalesce(l.plan, 'unknown') as plan, m.due_region, m.due_company,
    least(m.renewed_region, m.due_region) as renewed_region, least(m.renewed_company, m.due_company) as renewed_company
from contracts as c
left join converted as m on m.subscription_id = c.subscription_id and m.term_end = c.term_end
left join last_items as l on l.subscription_id = c.subscription_id and l.term_end = c.term_end and l.rank_plan = 1
left join known_accounts as a on a.account_id = c.payer_id
left join customer_traits as t on t.payer_id = c.payer_id
