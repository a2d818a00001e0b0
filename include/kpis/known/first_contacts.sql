-- node: 'deal ' || opportunity_id
-- filed: contacted_at
-- When the way to a deal began: its lead's creation, the first touch by hand on lead or deal, or its own creation.
with
touched as (
    select o.opportunity_id, a.started_at
    from known_opportunities as o
    join known_activities as a on a.person_id = o.person_id
    where a.has_begun and not a.is_automated
    union all
    select opportunity_id, started_at
    from known_activities
    where opportunity_id is not null and has_begun and not is_automated
),
firsts as (
    select opportunity_id, min(started_at) as touched_at from touched group by opportunity_id
)
select o.opportunity_id, least(o.created_at, p.created_at, f.touched_at) as contacted_at
from known_opportunities as o
left join people as p on p.person_id = o.person_id
left join firsts as f on f.opportunity_id = o.opportunity_id
