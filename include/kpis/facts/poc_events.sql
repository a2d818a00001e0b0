-- kind: event
-- needs: pocs product_events
-- key: poc_id event_type goal
-- A goal of a POC on the local date it was first met, or another event of it.
select
    g.poc_id, g.goal, g.day, g.event_type, p.region, p.channel, p.campaign, p.country, p.subdivision, p.city, p.rep, p.team, p.segment,
    p.product, p.opportunity_type
from poc_goals as g
join known_pocs as p on p.poc_id = g.poc_id
