-- Lines of what billing issued, payments and refunds included, as known at the cutoff of who pays: the last version
-- stamped before it of what was issued by then, or the earliest where there is none; what is paid later is open. Drafts
-- and void documents are out.
with
placed as (
    select l.*, coalesce(p.payer_id, l.account_id) as payer_id, r.region, r.timezone, r.cutoff
    from billing_lines as l
    left join payers as p on p.account_id = l.account_id
    join regions as r on r.region = coalesce(p.region, 'unassigned')
    where l.issued_at < r.cutoff and not coalesce(p.is_test, false)
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
select
    doc_id, line_id, doc_type, original_doc_id, payer_id, opportunity_id, product,
    case when status = 'paid' and paid_at >= cutoff then 'open' else status end as status, region, issued_at,
    cast(issued_at at time zone timezone as date) as day, service_period_start, service_period_end, amount_net,
    variable_cost, currency, is_recurring, is_proration,
    cast(case when paid_at < cutoff then paid_at at time zone timezone end as date) as paid_on
from ranked
where rank_known = 1 and status not in ('draft', 'void')
