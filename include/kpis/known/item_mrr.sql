-- What an item is worth a month, from a day's end to before another's: quantity by unit amount, less the discount in
-- force, over the months of its interval. Only what is active or past due and not metered; never negative. What ends on
-- a day to come (a discount, a cancellation at the end of the period) ends there, unless a later version says otherwise.
with
states as (
    select
        item_id, subscription_id, payer_id, region, timezone, currency, plan,
        product, term_end, valid_from, discount_ends_at,
        least(valid_to, case when ends_at > valid_from then ends_at end) as stops_at,
        quantity * unit_amount as gross,
        gross * (1 - coalesce(discount_pct, 0) / 100) - coalesce(discount_amount, 0) as discounted,
        coalesce(interval_count, 1) * case billing_interval
            when 'year' then 12.0 when 'quarter' then 3.0 when 'month' then 1.0 when 'week' then 12.0 / 52
            else 12.0 / 365
        end as months
    from known_items
    where status in ('active', 'past_due') and not is_metered
),
parts as (
    select
        *, valid_from as from_stamp,
        least(stops_at, case when discount_ends_at > valid_from then discount_ends_at end) as to_stamp,
        case when discount_ends_at <= valid_from then gross else discounted end as net
    from states
    union all
    select *, discount_ends_at, stops_at, gross
    from states
    where discount_ends_at > valid_from and (stops_at is null or stops_at > discount_ends_at)
)
select
    item_id, subscription_id, payer_id, region, currency, plan, product, term_end,
    cast(from_stamp at time zone timezone as date) as from_day,
    cast(to_stamp at time zone timezone as date) as to_day, cast(net / months as decimal(28, 9)) as mrr
from parts
where net > 0
