-- kind: event
-- needs: billing_lines accounts
-- A line of an invoice, or of a credit note against one, on the day it was issued: an invoice's at that day's rate, a
-- credit note's at that of the invoice it corrects.
with
originals as (
    select doc_id, min(day) as day from known_lines where doc_type = 'invoice' group by doc_id
),
dated as (
    select
        l.*, coalesce(o.day, l.day) as rate_day,
        case l.doc_type when 'credit_note' then -abs(l.amount_net) else l.amount_net end as amount
    from known_lines as l
    left join originals as o on l.doc_type = 'credit_note' and o.doc_id = l.original_doc_id
)
select
    l.day, l.rate_day, l.region, coalesce(a.channel, 'unknown') as channel, coalesce(a.country, 'unknown') as country,
    coalesce(a.subdivision, 'unknown') as subdivision, coalesce(a.segment, 'unknown') as segment,
    coalesce(l.product, 'unknown') as product, l.currency, f.factor is null or g.factor is null as lacks_rate,
    cast(l.amount * f.factor as decimal(28, 9)) as amount_region,
    cast(l.amount * g.factor as decimal(28, 9)) as amount_company
from dated as l
join regions as r on r.region = l.region
left join known_accounts as a on a.account_id = l.payer_id
left join fx as f on f.day = l.rate_day and f.from_currency = l.currency and f.to_currency = r.currency
left join fx as g on g.day = l.rate_day and g.from_currency = l.currency and g.to_currency = r.company_currency
