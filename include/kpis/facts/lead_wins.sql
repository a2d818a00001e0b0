-- kind: event
-- needs: leads opportunities
-- key: opportunity_id
-- A won deal (renewals are not) under the day its person was created, with the days it took; place, channel and rep are
-- the person's, so that it stands beside them, the amount at the rate of the day it was won.
with won as (
    select
        p.*, o.opportunity_id, o.product, o.amount, o.currency, cast(p.created_at at time zone p.timezone as date) as day,
        cast(o.closed_at at time zone o.timezone as date) as won_on
    from known_opportunities as o
    join people as p on p.person_id = o.person_id
    where o.status = 'won' and o.opportunity_type <> 'renewal'
)
select
    w.opportunity_id, w.day, date_diff('day', w.day, w.won_on) as days_taken, w.region, w.channel, w.campaign, w.country, w.subdivision,
    w.city, w.rep, w.team, w.segment, w.product,
    cast(w.amount * f.factor as decimal(28, 9)) as amount_region,
    cast(w.amount * g.factor as decimal(28, 9)) as amount_company
from won as w
join regions as r on r.region = w.region
left join fx as f on f.day = w.won_on and f.from_currency = w.currency and f.to_currency = r.currency
left join fx as g on g.day = w.won_on and g.from_currency = w.currency and g.to_currency = r.company_currency
