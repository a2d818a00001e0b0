-- Every amount above nought that counts now, in its region's currency, on the local date on which it came to be: spend
-- and costs on theirs, a deal's on its last change, a price on the day it began, a rate when it was published. Of rows
-- with versions the last one known counts, so that what was corrected is judged no more. Amounts are compared with
-- others of the same `kind` only.
with
last_change as (
    select opportunity_id, max(updated_at) as updated_at
    from opportunities
    group by opportunity_id
),
changed as (
    select o.*, cast(least(v.updated_at, o.cutoff - interval 1 second) at time zone o.timezone as date) as day
    from known_opportunities as o
    join last_change as v on v.opportunity_id = o.opportunity_id
),
began as (
    select i.*, a.region, cast(i.valid_from at time zone r.timezone as date) as day
    from subscription_items as i
    join known_accounts as a on a.account_id = i.account_id
    join regions as r on r.region = a.region
    where i.valid_from < r.cutoff and i.updated_at < r.cutoff
    qualify row_number() over (partition by i.item_id, i.valid_from order by i.updated_at desc, i._source) = 1
),
billed as (
    select b.*, a.region, cast(b.issued_at at time zone r.timezone as date) as day
    from billing_lines as b
    join known_accounts as a on a.account_id = b.account_id
    join regions as r on r.region = a.region
    where b.issued_at < r.cutoff and b.updated_at < r.cutoff and b.doc_type = 'invoice'
    qualify row_number() over (partition by b.doc_id, b.line_id order by b.updated_at desc, b._source) = 1
),
amounts as (
    select 'ad_spend_daily' as source_table, 'spend' as kind, region, day, cast(amount_region as double) as amount
    from ad_costs
    union all
    select 'sales_costs', cost_type, region, day, cast(amount_region as double) from selling_costs
    union all
    select 'web_sessions_daily', 'visitors', region, day, cast(visitors as double)
    from web_visitors
    where grain = 'day' and channel = 'all' and campaign = 'all' and subdivision = 'all'
    union all
    select 'opportunities', 'amount', c.region, c.day, cast(c.amount as double) * f.factor
    from changed as c
    join regions as r on r.region = c.region
    join fx as f on f.day = c.day and f.from_currency = c.currency and f.to_currency = r.currency
    union all
    select 'subscription_items', b.billing_interval, b.region, b.day, cast(b.unit_amount as double) * f.factor
    from began as b
    join regions as r on r.region = b.region
    join fx as f on f.day = b.day and f.from_currency = b.currency and f.to_currency = r.currency
    union all
    select 'billing_lines', case when b.is_recurring then 'recurring' else 'once' end, b.region, b.day,
        cast(b.amount_net as double) * f.factor
    from billed as b
    join regions as r on r.region = b.region
    join fx as f on f.day = b.day and f.from_currency = b.currency and f.to_currency = r.currency
    union all
    select 'fx_rates', x.quote_currency, r.region, x.rate_date, cast(x.rate as double)
    from fx_rates as x
    join regions as r on r.currency = x.quote_currency or r.company_currency = x.quote_currency
    where x.rate_type = 'daily_close' and x.base_currency = 'EUR'
)
select source_table, kind, region, day, amount
from amounts
where amount > 0
