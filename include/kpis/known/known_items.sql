-- Subscription items as known at the cutoff of who pays: of each validity that had begun, the last version stamped
-- before it. An item of which nothing was stamped by then has its earliest version, without what was stamped later.
with
placed as (
    select i.*, coalesce(p.payer_id, i.account_id) as payer_id, r.region, r.timezone, r.cutoff
    from subscription_items as i
    left join payers as p on p.account_id = i.account_id
    join regions as r on r.region = coalesce(p.region, 'unassigned')
    where i.valid_from < r.cutoff and not coalesce(p.is_test, false)
),
ranked as (
    select
        *, updated_at < cutoff as is_known,
        bool_or(updated_at < cutoff) over (partition by item_id) as has_known,
        row_number() over (
            partition by item_id, valid_from
            order by case when updated_at < cutoff then updated_at end desc nulls last, _source
        ) as rank_known,
        row_number() over (partition by item_id order by updated_at, valid_from, _source) as rank_first
    from placed
)
select
    item_id, subscription_id, payer_id, region, timezone, product, plan, status, valid_from,
    lead(valid_from) over (partition by item_id order by valid_from) as valid_to,
    case when canceled_at is null or canceled_at < cutoff then cancel_effective_at end as ends_at,
    quantity, unit_amount, currency, billing_interval, interval_count, discount_amount, discount_pct, discount_ends_at,
    is_metered, term_start, term_end, case when trial_start < cutoff then trial_start end as trial_start
from ranked
where case when has_known then is_known and rank_known = 1 else rank_first = 1 end
