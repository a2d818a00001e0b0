-- What one unit of a currency that anybody pays in is worth the day before a period begins (`opening`) and on its last
-- one (`closing`), in the money of a region and in the company's; null where that day has no rate.
with
pairs as (
    select distinct period_start as since, period_end as day from periods
),
paid_in as (
    select distinct region, currency from payer_mrr
)
select
    p.since, p.day, c.region, c.currency, f.factor as opening_region, h.factor as opening_company,
    g.factor as closing_region, k.factor as closing_company, g.factor is null or k.factor is null as lacks_rate
from pairs as p
cross join paid_in as c
join regions as r on r.region = c.region
left join fx as f on f.day = p.since - 1 and f.from_currency = c.currency and f.to_currency = r.currency
left join fx as g on g.day = p.day and g.from_currency = c.currency and g.to_currency = r.currency
left join fx as h on h.day = p.since - 1 and h.from_currency = c.currency and h.to_currency = r.company_currency
left join fx as k on k.day = p.day and k.from_currency = c.currency and k.to_currency = r.company_currency
