-- What an item is worth a month, from a day's end to before another's: quantity by unit amount, less the discount in
-- force, over the months of its interval. Only what is active or past due and not metered; never negative. What ends on
-- a day to come (a discount, a cancellation at the end of the period) ends there, unless a later version says otherwise.
with
states as (
    select
        *, least(valid_to, ends_at) as stops_at,
        quantity * unit_amount as gross,
        coalesce(interval_count, 1) * case billing_interval
            when 'year' then 12.0 when 'quarter' then 3.0 when 'month' then 1.0 when 'week' then 12.0 / 52
            else 12.0 / 365
        end as months
    from (select * replace (case when ends_at > valid_from then ends_at end as ends_at) from known_items)
    where status in ('active', 'past_due') and not is_metered
),
parts as (
    select
        *, valid_from as starts_at, least(stops_at, discount_ends_at) as closes_at,
        gross * (1 - coalesce(discount_pct, 0)) - coalesce(discount_amount, 0) as net
    from states
    where discount_ends_at > valid_from
    union all
    select *, discount_ends_at, stops_at, gross
    from states
    where discount_ends_at > valid_from and (stops_at is null or stops_at > discount_ends_at)
    union all
    select
        *, valid_from, stops_at,
        case
            when discount_ends_at is null then gross * (1 - coalesce(discount_pct, 0)) - coalesce(discount_amount, 0)
            else gross
        end
    from states
    where discount_ends_at is null or discount_ends_at <= valid_from
)
select
    item_id, payer_id, region, currency, cast(starts_at at time zone timezone as date) as from_day,
    cast(closes_at at time zone timezone as date) as to_day,
    cast(greatest(net, 0) / months as decimal(28, 9)) as mrr
from parts
where net > 0
