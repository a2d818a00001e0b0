-- kind: event
-- needs: pocs
-- A POC, trial or demo, filed under the local date it was executed (`day`); whether it was accomplished, whether its
-- evaluation was a success with the intention to buy within two calendar months, the goals it planned and met before
-- it ended (those of a POC without planned goals do not count), and what it cost, whenever that was paid (null where
-- nobody keeps what POCs cost).
with
goals as (
    select g.poc_id, count(*) as met
    from poc_goals as g
    join known_pocs as p on p.poc_id = g.poc_id
    where g.event_type = 'poc_goal_accomplished' and g.reached_at <= p.executed_at
    group by g.poc_id
),
kept as (
    select count(*) > 0 as has_costs from poc_costs
),
dated as (
    select
        *, cast(executed_at at time zone timezone as date) as day,
        cast(accomplished_at at time zone timezone as date) as accomplished_on,
        cast(evaluated_at at time zone timezone as date) as evaluated_on
    from known_pocs
)
select
    p.poc_id, p.person_id, p.opportunity_id, p.day, p.accomplished_on, p.evaluated_on, p.intent_to_buy_by,
    p.accomplished_at is not null as is_accomplished,
    coalesce(
        p.evaluation_result = 'success'
        and p.intent_to_buy_by <= cast(p.evaluated_on + interval 2 month as date), false
    ) as is_successful,
    cast(date_diff('microsecond', p.started_at, p.executed_at) / 86400000000.0 as decimal(18, 9)) as days,
    p.goals_planned, case when p.goals_planned > 0 then coalesce(g.met, 0) else 0 end as goals_met,
    case when c.poc_id is null and k.has_costs then 0 else c.cost_region end as cost_region,
    case when c.poc_id is null and k.has_costs then 0 else c.cost_company end as cost_company,
    p.region, p.channel, p.campaign, p.country, p.subdivision, p.city, p.rep, p.team, p.segment, p.product,
    p.opportunity_type
from dated as p
cross join kept as k
left join goals as g on g.poc_id = p.poc_id
left join poc_costs as c on c.poc_id = p.poc_id
