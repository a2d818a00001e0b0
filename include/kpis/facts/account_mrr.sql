-- kind: between
-- needs: subscription_items accounts
-- An account's MRR at both ends of a period (`since` to `day`) and what moved between: subscriptions by the rate of the
-- opening, and all that a change of rates did (a rate that begins or ceases to be known included) in `fx`, so that
-- opening + moves + fx = closing in each row. Where a rate is missing an account may grow in one currency and shrink in
-- the other: it then moves as the company's says, by what it is in each.
with
accounts_between as (
    select
        since, day, payer_id, region, bool_or(opening > 0) as was_active, bool_or(closing > 0) as is_active,
        sum(opening_region) as opening_region, sum(opening_company) as opening_company,
        sum(held_region) as held_region, sum(held_company) as held_company,
        sum(closing_region) as closing_region, sum(closing_company) as closing_company
    from mrr_between
    group by since, day, payer_id, region
),
firsts as (
    select payer_id, min(first_day) as first_day from payer_mrr group by payer_id
),
moved as (
    select
        b.*,
        case
            when not b.was_active then case when f.first_day < b.since then 'reactivation' else 'new' end
            when not b.is_active then 'churned'
            when b.held_company > b.opening_company then 'expansion'
            when b.held_company < b.opening_company then 'contraction'
            when b.held_region > b.opening_region then 'expansion'
            when b.held_region < b.opening_region then 'contraction'
            else 'none'
        end as movement
    from accounts_between as b
    join firsts as f on f.payer_id = b.payer_id
)
select
    m.since, m.day, m.region, coalesce(a.channel, 'unknown') as channel, coalesce(a.country, 'unknown') as country,
    coalesce(a.subdivision, 'unknown') as subdivision, coalesce(a.segment, 'unknown') as segment,
    coalesce(a.city, 'unknown') as city,
    m.was_active, m.is_active, m.movement, m.opening_region, m.opening_company, m.held_region, m.held_company,
    m.closing_region, m.closing_company,
    case m.movement when 'contraction' then -1 else 1 end * (m.held_region - m.opening_region) as moved_region,
    case m.movement when 'contraction' then -1 else 1 end * (m.held_company - m.opening_company) as moved_company,
    least(m.held_region, m.opening_region) as kept_region, least(m.held_company, m.opening_company) as kept_company,
    case when coalesce(m.closing_region, m.held_region) is not null
        then coalesce(m.closing_region, 0) - coalesce(m.held_region, 0) end as fx_region,
    case when coalesce(m.closing_company, m.held_company) is not null
        then coalesce(m.closing_company, 0) - coalesce(m.held_company, 0) end as fx_company,
    fx_region <> 0 or fx_company <> 0 as has_fx
from moved as m
left join known_accounts as a on a.account_id = m.payer_id
