-- The deal a touch belongs to, one at most: the deal it names, else the person's first one (renewals are none) that was
-- not decided before it.
with candidates as (
    select
        a.activity_id, o.opportunity_id,
        row_number() over (
            partition by a.activity_id
            order by case when o.closed_at is null then 1 else 0 end, o.closed_at, o.created_at, o.opportunity_id
        ) as nth
    from known_activities as a
    join known_opportunities as o on o.person_id = a.person_id
    where
        a.opportunity_id is null and o.opportunity_type <> 'renewal'
        and (o.closed_at is null or o.closed_at >= a.started_at)
)
select activity_id, opportunity_id
from candidates
where nth = 1
union all
select activity_id, opportunity_id
from known_activities
where opportunity_id is not null
