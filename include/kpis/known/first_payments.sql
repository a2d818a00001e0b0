-- When a payer first paid anything, by the invoices and payments known at its cutoff.
with
placed as (
    select l.*, coalesce(p.payer_id, l.account_id) as payer_id, r.cutoff
    from billing_lines as l
    left join payers as p on p.account_id = l.account_id
    join regions as r on r.region = coalesce(p.region, 'unassigned')
    where l.issued_at < r.cutoff and l.doc_type in ('invoice', 'payment') and not coalesce(p.is_test, false)
),
ranked as (
    select
        *,
        row_number() over (
            partition by doc_id, line_id
            order by case when updated_at < cutoff then updated_at end desc nulls last, updated_at, _source
        ) as rank_known
    from placed
)
select payer_id, min(paid_at) as paid_at
from ranked
where rank_known = 1 and status not in ('draft', 'void') and amount_net > 0 and paid_at < cutoff
group by payer_id
