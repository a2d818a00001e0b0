-- A payer's MRR in one currency at both ends of a period, unless it is nothing at both: the end of the day before it
-- begins and of its last one, of all it pays for and again of each plan and product (`all` where rolled up). In money: opening at the rate of the first, closing at that of the last, and `held`, the
-- closing amount at the opening's rate. Without a rate there is none.
with
pairs as (
    select distinct period_start as since, period_end as day from periods
),
instants as (
    select day from pairs
    union
    select since - 1 from pairs
),
standing as (
    select m.payer_id, m.region, m.currency, m.plan, m.product, cast(d.day as date) as day, m.mrr
    from payer_mrr as m
    join instants as d on d.day >= m.from_day and d.day < m.to_day
),
ends as (
    select p.since, p.day, s.payer_id, s.region, s.currency, s.plan, s.product, cast(0 as decimal(28, 9)) as opening, s.mrr as closing
    from pairs as p
    join standing as s on s.day = p.day
    union all
    select p.since, p.day, s.payer_id, s.region, s.currency, s.plan, s.product, s.mrr, cast(0 as decimal(28, 9))
    from pairs as p
    join standing as s on s.day = p.since - 1
),
both_ends as (
    select since, day, payer_id, region, currency, plan, product, max(opening) as opening, max(closing) as closing
    from ends
    group by since, day, payer_id, region, currency, plan, product
)
select
    e.since, e.day, e.payer_id, e.region, e.currency, e.plan, e.product, e.opening, e.closing,
    e.closing > 0 and (g.factor is null or k.factor is null) as lacks_rate,
    cast(e.opening * f.factor as decimal(28, 9)) as opening_region,
    cast(e.opening * h.factor as decimal(28, 9)) as opening_company,
    cast(e.closing * f.factor as decimal(28, 9)) as held_region,
    cast(e.closing * h.factor as decimal(28, 9)) as held_company,
    cast(e.closing * g.factor as decimal(28, 9)) as closing_region,
    cast(e.closing * k.factor as decimal(28, 9)) as closing_company
from both_ends as e
join regions as r on r.region = e.region
left join fx as f on f.day = e.since - 1 and f.from_currency = e.currency and f.to_currency = r.currency
left join fx as g on g.day = e.day and g.from_currency = e.currency and g.to_currency = r.currency
left join fx as h on h.day = e.since - 1 and h.from_currency = e.currency and h.to_currency = r.company_currency
left join fx as k on k.day = e.day and k.from_currency = e.currency and k.to_currency = r.company_currency
