-- kind: between
-- needs: billing_lines accounts
-- key: since day doc_id
-- An invoice of which something was taken back in a period: what was credited or what was refunded, whichever is more,
-- for a refund mostly pays out a credit note. At the rate of the invoice's day; its product is the one it is most of.
with
invoices as (
    select
        doc_id, payer_id, region, currency, day, product,
        row_number() over (partition by doc_id order by sum(amount_net) desc, product) as nth
    from known_lines
    where doc_type = 'invoice'
    group by doc_id, payer_id, region, currency, day, product
),
taken_back as (
    select i.*, b.day as back_day, b.doc_type, abs(b.amount_net) as amount
    from known_documents as b
    join invoices as i on i.doc_id = b.original_doc_id and i.nth = 1
    where b.doc_type in ('credit_note', 'refund')
),
pairs as (
    select distinct period_start as since, period_end as day from periods
),
sums as (
    select
        p.since, p.day as until_day, t.doc_id, t.payer_id, t.region, t.currency, t.day, t.product,
        sum(case when t.doc_type = 'credit_note' then t.amount else 0 end) as credited,
        sum(case when t.doc_type = 'refund' then t.amount else 0 end) as refunded
    from taken_back as t
    join pairs as p on t.back_day between p.since and p.day
    group by p.since, p.day, t.doc_id, t.payer_id, t.region, t.currency, t.day, t.product
)
select
    s.since, s.until_day as day, s.doc_id, s.region, coalesce(a.channel, 'unknown') as channel,
    coalesce(a.country, 'unknown') as country, coalesce(a.subdivision, 'unknown') as subdivision,
    coalesce(a.segment, 'unknown') as segment, coalesce(s.product, 'unknown') as product,
    cast(greatest(s.credited, s.refunded) * f.factor as decimal(28, 9)) as amount_region,
    cast(greatest(s.credited, s.refunded) * g.factor as decimal(28, 9)) as amount_company
from sums as s
join regions as r on r.region = s.region
left join known_accounts as a on a.account_id = s.payer_id
left join fx as f on f.day = s.day and f.from_currency = s.currency and f.to_currency = r.currency
left join fx as g on g.day = s.day and g.from_currency = s.currency and g.to_currency = r.company_currency
