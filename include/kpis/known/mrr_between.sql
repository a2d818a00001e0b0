-- A payer's MRR in one currency at both ends of a period, unless it is nothing at both: the end of the day before it
-- begins and of its last one, of all it pays for and again of each plan and product (`all` where rolled up). In money:
-- opening at the rate of the first, closing at that of the last, and `held`, the closing amount at the opening's rate.
-- Without a rate there is none. What lasts through both ends is a row already; what does not meets its counterpart.
with
pairs as (
    select distinct period_start as since, period_end as day from periods
),
standing as (
    select
        p.since, p.day, m.payer_id, m.region, m.currency, m.plan, m.product,
        m.from_day < p.since and m.to_day > p.day as lasts,
        case when m.from_day < p.since then m.mrr else cast(0 as decimal(28, 9)) end as opening,
        case when m.to_day > p.day then m.mrr else cast(0 as decimal(28, 9)) end as closing
    from payer_mrr as m
    join pairs as p on m.from_day <= p.day and m.to_day >= p.since
    where m.from_day < p.since or m.to_day > p.day
),
both_ends as (
    select since, day, payer_id, region, currency, plan, product, opening, closing from standing where lasts
    union all
    select since, day, payer_id, region, currency, plan, product, max(opening), max(closing)
    from standing
    where not lasts
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
