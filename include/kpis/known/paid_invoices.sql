-- Invoices above nought that were paid, and the day by which all of it had been given back, if that day came: by
-- refunds or by credit notes against them (a refund mostly pays out a credit note, so the two do not add up).
with
invoices as (
    select doc_id, payer_id, sum(amount_net) as amount, min(paid_on) as paid_on
    from known_documents
    where doc_type = 'invoice' and paid_on is not null
    group by doc_id, payer_id
    having sum(amount_net) > 0
),
given_back as (
    select
        b.original_doc_id, b.day,
        sum(abs(b.amount_net)) over (partition by b.original_doc_id, b.doc_type order by b.day) as amount
    from known_documents as b
    where b.doc_type in ('refund', 'credit_note')
),
undone as (
    select i.doc_id, min(b.day) as day
    from invoices as i
    join given_back as b on b.original_doc_id = i.doc_id and b.amount >= i.amount
    group by i.doc_id
)
select i.doc_id, i.payer_id, i.paid_on, u.day as given_back_on
from invoices as i
left join undone as u on u.doc_id = i.doc_id
