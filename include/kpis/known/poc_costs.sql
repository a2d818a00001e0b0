-- What the time and material of a POC cost so far, each entry at the rate of its own date; an entry without a rate is
-- left out.
select
    p.poc_id,
    sum(cast(a.amount * f.factor as decimal(28, 9))) as cost_region,
    sum(cast(a.amount * g.factor as decimal(28, 9))) as cost_company
from (select distinct * from sales_costs) as a
join known_pocs as p on p.poc_id = a.poc_id
join regions as r on r.region = p.region
left join fx as f on f.day = a.cost_date and f.from_currency = a.currency and f.to_currency = r.currency
left join fx as g on g.day = a.cost_date and g.from_currency = a.currency and g.to_currency = r.company_currency
where a.cost_type in ('poc_time', 'poc_material') and a.cost_date < cast(p.cutoff at time zone p.timezone as date)
group by p.poc_id
