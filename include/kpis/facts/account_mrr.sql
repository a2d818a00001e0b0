-- kind: between
-- needs: subscription_items accounts
-- key: since day payer_id plan product
-- distinct: plan product
-- An account's MRR at both ends of a period (`since` to `day`) and what moved between: subscriptions by the rate of the
-- opening, and all that a change of rates did (a rate that begins or ceases to be known included) in `fx`, so that
-- opening + moves + fx = closing in each row. Where a rate is missing an account may grow in one currency and shrink in
-- the other: it then moves as the company's says, by what it is in each.
-- There is a row of all it pays for, and one of each plan and product it had at either end. How it moved is said of the
-- account, so that what a plan gains from another nets out and plans add up to the whole; was_active, is_active, kept,
-- gained and lost are of the row's own plan or product, `stays` is whether the account is still a customer at all.
with
several_currencies as (
    select payer_id from payer_mrr group by payer_id having min(currency) <> max(currency)
),
accounts_between as (
    select
        b.since, b.day, b.payer_id, b.region, b.plan, b.product, b.opening > 0 as was_active,
        b.closing > 0 as is_active, b.opening_region, b.opening_company, b.held_region, b.held_company,
        b.closing_region, b.closing_company
    from mrr_between as b
    where not exists (select 1 from several_currencies as s where s.payer_id = b.payer_id)
    union all
    select
        since, day, payer_id, region, plan, product, bool_or(opening > 0) as was_active,
        bool_or(closing > 0) as is_active,
        sum(opening_region) as opening_region, sum(opening_company) as opening_company,
        sum(held_region) as held_region, sum(held_company) as held_company,
        sum(closing_region) as closing_region, sum(closing_company) as closing_company
    from mrr_between
    where payer_id in (select payer_id from several_currencies)
    group by since, day, payer_id, region, plan, product
),
customers_between as (
    select
        b.since, b.day, b.payer_id, b.is_active as stays,
        case
            when not b.was_active then case when t.first_day < b.since then 'reactivation' else 'new' end
            when not b.is_active then 'churned'
            when b.held_company > b.opening_company then 'expansion'
            when b.held_company < b.opening_company then 'contraction'
            when b.held_region > b.opening_region then 'expansion'
            when b.held_region < b.opening_region then 'contraction'
            else 'none'
        end as movement
    from accounts_between as b
    join customer_traits as t on t.payer_id = b.payer_id
    where b.plan = 'all' and b.product = 'all'
)
select
    b.since, b.day, b.payer_id, b.region, t.channel, t.country, t.subdivision, t.city, t.segment, t.account_owner, t.cohort_month,
    b.plan, b.product, b.was_active, b.is_active, c.stays, c.movement,
    b.opening_region, b.opening_company, b.held_region, b.held_company, b.closing_region, b.closing_company,
    case c.movement when 'contraction' then -1 else 1 end * (b.held_region - b.opening_region) as moved_region,
    case c.movement when 'contraction' then -1 else 1 end * (b.held_company - b.opening_company) as moved_company,
    least(b.held_region, b.opening_region) as kept_region, least(b.held_company, b.opening_company) as kept_company,
    greatest(b.held_region - b.opening_region, 0) as gained_region,
    greatest(b.held_company - b.opening_company, 0) as gained_company,
    greatest(b.opening_region - b.held_region, 0) as lost_region,
    greatest(b.opening_company - b.held_company, 0) as lost_company,
    case when coalesce(b.closing_region, b.held_region) is not null
        then coalesce(b.closing_region, 0) - coalesce(b.held_region, 0) end as fx_region,
    case when coalesce(b.closing_company, b.held_company) is not null
        then coalesce(b.closing_company, 0) - coalesce(b.held_company, 0) end as fx_company,
    fx_region <> 0 or fx_company <> 0 as has_fx
from accounts_between as b
join customers_between as c on c.since = b.since and c.day = b.day and c.payer_id = b.payer_id
join customer_traits as t on t.payer_id = b.payer_id
