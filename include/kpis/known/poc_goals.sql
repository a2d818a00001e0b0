-- What a POC accomplished, each once: its goals by the first time each was met (a goal nobody named is one of its own),
-- and its other events. An event reported twice is one.
with
numbered as (
    select
        e.*, p.timezone,
        row_number() over (partition by e.event_id order by e.occurred_at, e._source) as nth
    from product_events as e
    join known_pocs as p on p.poc_id = e.poc_id
    where e.event_type in ('poc_goal_accomplished', 'poc_event') and e.occurred_at < p.cutoff
)
select
    poc_id, event_type, case when event_type = 'poc_event' then event_id else coalesce(goal_id, event_id) end as goal,
    min(occurred_at) as reached_at, cast(min(occurred_at at time zone timezone) as date) as day
from numbered
where nth = 1
group by poc_id, event_type, case when event_type = 'poc_event' then event_id else coalesce(goal_id, event_id) end
