-- kind: event
-- needs: opportunities crm_stage_history
-- key: opportunity_id
-- An opportunity on the day it was created, with the amount it had by the end of that day, at that day's rate.
with created as (
    select
        o.*, cast(o.created_at at time zone o.timezone as date) as day, s.amount as amount_then,
        s.currency as currency_then
    from known_opportunities as o
    join deal_states as s
        on s.opportunity_id = o.opportunity_id and s.from_day <= cast(o.created_at at time zone o.timezone as date)
        and s.to_day > cast(o.created_at at time zone o.timezone as date)
)
select
    d.opportunity_id, d.day, d.opportunity_type, d.region, d.channel, d.campaign, d.country, d.subdivision, d.city, d.rep, d.team,
    d.segment, d.product, d.currency_then as currency,
    d.amount_then is not null and (f.factor is null or g.factor is null) as lacks_rate,
    cast(d.amount_then * f.factor as decimal(28, 9)) as amount_region,
    cast(d.amount_then * g.factor as decimal(28, 9)) as amount_company
from created as d
join regions as r on r.region = d.region
left join fx as f on f.day = d.day and f.from_currency = d.currency_then and f.to_currency = r.currency
left join fx as g on g.day = d.day and g.from_currency = d.currency_then and g.to_currency = r.company_currency
