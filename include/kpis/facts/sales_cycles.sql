-- kind: event
-- needs: opportunities leads activities
-- key: opportunity_id
-- An opportunity that is no renewal, filed under the day it was created, and the days from the first contact until it
-- was won; one that is lost or still open (`is_open`) was last seen on its way then, or now.
select
    o.opportunity_id, cast(o.created_at at time zone o.timezone as date) as day, o.status <> 'won' as is_open,
    cast(round(date_diff('microsecond', f.contacted_at, coalesce(o.closed_at, o.cutoff)) * 5 / 432) / 1e9 as decimal(18, 9))
        as days,
    o.opportunity_type, o.region, o.channel, o.campaign, o.country, o.subdivision, o.city, o.rep, o.team, o.segment,
    o.product
from known_opportunities as o
join first_contacts as f on f.opportunity_id = o.opportunity_id
where o.opportunity_type <> 'renewal'
