-- kind: event
-- needs: billing_lines accounts
-- key: doc_id line_id
-- A line of an invoice, or of a credit note against one, on the day it was issued: an invoice's at that day's rate, a
-- credit note's at that of the invoice it corrects, its amount and variable cost taken back (`margin`: the one less the
-- other). Also under the day its invoice was issued (`purchased_on`; `is_paid` and `is_worth` say that the invoice was
-- paid, and that not all of it was credited) and the day its deal was won. Place and channel are the payer's, rep and
-- team the deal's.
with
invoices as (
    select doc_id, min(day) as day, max(case when status = 'paid' then 1 else 0 end) = 1 as is_paid
    from known_lines
    where doc_type = 'invoice'
    group by doc_id
),
dated as (
    select
        l.*, i.doc_id as invoice_id, coalesce(i.day, l.day) as rate_day, coalesce(i.is_paid, false) as is_paid,
        case l.doc_type when 'credit_note' then -abs(l.amount_net) else l.amount_net end as amount,
        case l.doc_type when 'credit_note' then -abs(l.variable_cost) else l.variable_cost end as cost
    from known_lines as l
    left join invoices as i
        on i.doc_id = case l.doc_type when 'credit_note' then l.original_doc_id else l.doc_id end
),
worth as (
    select invoice_id, sum(amount) as amount from dated where invoice_id is not null group by invoice_id
)
select
    l.doc_id, l.line_id, l.day, l.rate_day, l.rate_day as purchased_on, l.invoice_id, l.is_paid, coalesce(w.amount > 0, false) as is_worth,
    cast(d.closed_at at time zone d.timezone as date) as won_on, coalesce(d.status = 'won', false) as is_won,
    l.doc_type, l.region, coalesce(a.channel, 'unknown') as channel, coalesce(a.country, 'unknown') as country,
    coalesce(a.subdivision, 'unknown') as subdivision, coalesce(a.city, 'unknown') as city,
    coalesce(a.segment, 'unknown') as segment, coalesce(l.product, 'unknown') as product,
    coalesce(d.rep, 'unassigned') as rep, coalesce(d.team, 'unknown') as team, l.currency,
    f.factor is null or g.factor is null as lacks_rate,
    l.cost is null and f.factor is not null and g.factor is not null as lacks_cost,
    cast(l.amount * f.factor as decimal(28, 9)) as amount_region,
    cast(l.amount * g.factor as decimal(28, 9)) as amount_company,
    cast((l.amount - l.cost) * f.factor as decimal(28, 9)) as margin_region,
    cast((l.amount - l.cost) * g.factor as decimal(28, 9)) as margin_company
from dated as l
join regions as r on r.region = l.region
left join worth as w on w.invoice_id = l.invoice_id
left join known_opportunities as d on d.opportunity_id = l.opportunity_id
left join known_accounts as a on a.account_id = l.payer_id
left join fx as f on f.day = l.rate_day and f.from_currency = l.currency and f.to_currency = r.currency
left join fx as g on g.day = l.rate_day and g.from_currency = l.currency and g.to_currency = r.company_currency
