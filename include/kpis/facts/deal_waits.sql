-- kind: event
-- needs: opportunities
-- key: opportunity_id
-- An opportunity that is no renewal, filed under the day it was created, and the days until it was decided or, while it
-- is open (`is_open`), so far.
select
    o.opportunity_id, cast(o.created_at at time zone o.timezone as date) as day, o.closed_at is null as is_open,
    cast(round(date_diff('microsecond', o.created_at, coalesce(o.closed_at, o.cutoff)) * 5 / 432) / 1e9 as decimal(18, 9))
        as days,
    o.opportunity_type, o.region, o.channel, o.campaign, o.country, o.subdivision, o.city, o.rep, o.team, o.segment,
    o.product
from known_opportunities as o
where o.opportunity_type <> 'renewal'
