-- kind: event
-- needs: pocs sales_costs
-- key: poc_id
-- An executed POC and what it cost, whenever that was paid; null where nobody keeps what any POC cost.
with kept as (
    select count(*) > 0 as has_costs from poc_costs
)
select
    o.poc_id, o.day, case when c.poc_id is null and k.has_costs then 0 else c.cost_region end as cost_region,
    case when c.poc_id is null and k.has_costs then 0 else c.cost_company end as cost_company, o.region, o.channel,
    o.campaign, o.country, o.subdivision, o.city, o.rep, o.team, o.segment, o.product, o.opportunity_type
from poc_outcomes as o
cross join kept as k
left join poc_costs as c on c.poc_id = o.poc_id
