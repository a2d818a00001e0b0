-- kind: event
-- needs: activities leads opportunities
-- key: activity_id
-- node: 'touch ' || activity_id
-- filed: day
-- A deal, or a prospect without one, on the day of the first meeting, presentation or demo held, and how many days later
-- it was won. Filed under that meeting's rep and type.
with met as (
    select
        a.*, t.opportunity_id as deal_id,
        row_number() over (
            partition by coalesce('deal ' || t.opportunity_id, a.prospect) order by a.started_at, a.activity_id
        ) as nth
    from known_activities as a
    left join deal_touches as t on t.activity_id = a.activity_id
    where a.is_meeting and a.outcome = 'held' and coalesce(t.opportunity_id, a.prospect) is not null
)
select
    m.activity_id, m.day, date_diff('day', m.day, cast(o.closed_at at time zone o.timezone as date)) as days_taken, m.activity_type,
    m.region, m.country, m.subdivision, m.rep, m.team
from met as m
left join known_opportunities as o
    on o.opportunity_id = m.deal_id and o.status = 'won' and o.closed_at >= m.started_at
where m.nth = 1
