-- kind: event
-- needs: sales_costs
-- One entry of what selling costs, on its date; place and channel are its own, else unallocated.
with placed as (
    select distinct
        a.*,
        case when a.country is null then 'unallocated' else coalesce(s.region, c.region, 'unassigned') end as region
    from sales_costs as a
    left join places as s on s.place = a.subdivision
    left join places as c on c.place = a.country
)
select
    a.cost_date as day, a.cost_type, a.acquisition_scope, a.stage as cost_stage, a.region,
    coalesce(a.channel, 'unallocated') as channel, coalesce(a.campaign_id, 'unallocated') as campaign,
    coalesce(a.country, 'unallocated') as country, coalesce(a.subdivision, 'unallocated') as subdivision,
    coalesce(a.rep_id, 'unallocated') as rep, a.currency, f.factor is null or g.factor is null as lacks_rate,
    cast(a.amount * f.factor as decimal(28, 9)) as amount_region,
    cast(a.amount * g.factor as decimal(28, 9)) as amount_company
from placed as a
join regions as r on r.region = a.region
left join fx as f on f.day = a.cost_date and f.from_currency = a.currency and f.to_currency = r.currency
left join fx as g on g.day = a.cost_date and g.from_currency = a.currency and g.to_currency = r.company_currency
