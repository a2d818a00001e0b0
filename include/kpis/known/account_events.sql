-- What customers and users did in the product, by the cutoff of who pays, on its local date. Test accounts are out.
select
    e.event_id, e.event_type, e.account_id, coalesce(p.payer_id, e.account_id) as payer_id, e.user_id, e.step_no,
    coalesce(e.is_required, false) as is_required, e.occurred_at, r.region,
    cast(e.occurred_at at time zone r.timezone as date) as day
from product_events as e
left join payers as p on p.account_id = e.account_id
join regions as r on r.region = coalesce(p.region, 'unassigned')
where e.occurred_at < r.cutoff and not coalesce(p.is_test, false)
