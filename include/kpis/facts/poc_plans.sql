-- kind: event
-- needs: pocs product_events
-- key: poc_id
-- An executed POC that planned any goals: how many, and how many of them it met before it ended.
with met as (
    select g.poc_id, count(*) as goals
    from poc_goals as g
    join known_pocs as p on p.poc_id = g.poc_id
    where g.event_type = 'poc_goal_accomplished' and g.reached_at <= p.executed_at
    group by g.poc_id
)
select
    o.poc_id, o.day, p.goals_planned, coalesce(m.goals, 0) as goals_met, o.region, o.channel, o.campaign, o.country,
    o.subdivision, o.city, o.rep, o.team, o.segment, o.product, o.opportunity_type
from poc_outcomes as o
join known_pocs as p on p.poc_id = o.poc_id
left join met as m on m.poc_id = o.poc_id
where p.goals_planned > 0
