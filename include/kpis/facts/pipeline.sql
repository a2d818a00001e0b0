-- kind: snapshot
-- needs: opportunities crm_stage_history
-- key: day opportunity_id
-- An opportunity open at the end of a day that a period ends with: amount, probability and expected close valid then,
-- at the rate of that day (`weighted`: the amount times the probability), and how many people in key roles were engaged
-- by then.
with
open_then as (
    select
        d.day, s.amount as amount_then, s.currency as currency_then, s.probability as probability_then,
        s.expected_close_on, o.*
    from deal_states as s
    join known_opportunities as o on o.opportunity_id = s.opportunity_id
    join snapshot_days as d on d.day >= s.from_day and d.day < s.to_day
    where s.stage not in ('won', 'lost')
),
engaged as (
    select c.opportunity_id, d.day, count(*) as contacts
    from deal_contacts as c
    join snapshot_days as d on d.day >= c.engaged_on
    group by c.opportunity_id, d.day
)
select
    p.day, p.opportunity_id, p.expected_close_on, p.opportunity_type, p.region, p.channel, p.campaign, p.country, p.subdivision, p.city,
    p.rep, p.team, p.segment, p.product, p.currency_then as currency,
    coalesce(e.contacts, 0) as contacts_engaged,
    p.amount_then is not null and (f.factor is null or g.factor is null) as lacks_rate,
    cast(p.amount_then * f.factor as decimal(28, 9)) as amount_region,
    cast(p.amount_then * g.factor as decimal(28, 9)) as amount_company,
    cast(p.amount_then * p.probability_then * f.factor as decimal(28, 9)) as weighted_region,
    cast(p.amount_then * p.probability_then * g.factor as decimal(28, 9)) as weighted_company
from open_then as p
join regions as r on r.region = p.region
left join engaged as e on e.opportunity_id = p.opportunity_id and e.day = p.day
left join fx as f on f.day = p.day and f.from_currency = p.currency_then and f.to_currency = r.currency
left join fx as g on g.day = p.day and g.from_currency = p.currency_then and g.to_currency = r.company_currency
