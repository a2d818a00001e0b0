-- kind: between
-- needs: opportunities crm_stage_history
-- key: since day opportunity_id
-- An opportunity in the pipeline during a period (`since` to `day`): open when it began, by what was known of it then,
-- or created in it.
with
pairs as (
    select distinct period_start as since, period_end as day from periods
),
worked as (
    select p.since, p.day, s.opportunity_id
    from deal_states as s
    join pairs as p on p.since - 1 >= s.from_day and p.since - 1 < s.to_day
    where s.stage not in ('won', 'lost')
    union
    select p.since, p.day, o.opportunity_id
    from known_opportunities as o
    join pairs as p on cast(o.created_at at time zone o.timezone as date) between p.since and p.day
)
select
    w.since, w.day, w.opportunity_id, o.opportunity_type, o.region, o.channel, o.campaign, o.country, o.subdivision, o.city, o.rep, o.team,
    o.segment, o.product
from worked as w
join known_opportunities as o on o.opportunity_id = w.opportunity_id
