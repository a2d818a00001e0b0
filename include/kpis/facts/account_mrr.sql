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
-- What lasts through both ends is a row already, unless the account pays in several currencies; the rest is added up:
-- opening at the rate of the first, closing at that of the last, and `held`, the closing amount at the opening's rate.
-- Without a rate there is none.
with
several_currencies as (
    select payer_id from payer_mrr group by payer_id having min(currency) <> max(currency)
),
at_ends as (
    select
        x.since, x.day, m.payer_id, m.region, m.plan, m.product, x.opening_region as region_then,
        x.opening_company as company_then, x.closing_region as region_now, x.closing_company as company_now,
        m.from_day < x.since as was_active, m.to_day > x.day as is_active,
        m.from_day < x.since and m.to_day > x.day and c.payer_id is null as lasts,
        case when m.from_day < x.since then m.mrr else cast(0 as decimal(28, 9)) end as opening,
        case when m.to_day > x.day then m.mrr else cast(0 as decimal(28, 9)) end as closing
    from payer_mrr as m
    join mrr_rates as x
        on x.region = m.region and x.currency = m.currency and m.from_day <= x.day and m.to_day >= x.since
    left join several_currencies as c on c.payer_id = m.payer_id
    where m.from_day < x.since or m.to_day > x.day
),
in_money as (
    select
        since, day, payer_id, region, plan, product, was_active, is_active, lasts,
        cast(opening * region_then as decimal(28, 9)) as opening_region,
        cast(opening * company_then as decimal(28, 9)) as opening_company,
        cast(closing * region_then as decimal(28, 9)) as held_region,
        cast(closing * company_then as decimal(28, 9)) as held_company,
        cast(closing * region_now as decimal(28, 9)) as closing_region,
        cast(closing * company_now as decimal(28, 9)) as closing_company
    from at_ends
),
accounts_between as (
    select
        since, day, payer_id, region, plan, product, was_active, is_active, opening_region, opening_company,
        held_region, held_company, closing_region, closing_company
    from in_money
    where lasts
    union all
    select
        since, day, payer_id, region, plan, product, bool_or(was_active), bool_or(is_active),
        sum(opening_region), sum(opening_company), sum(held_region), sum(held_company), sum(closing_region),
        sum(closing_company)
    from in_money
    where not lasts
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
