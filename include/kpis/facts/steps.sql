-- kind: event
-- needs: leads opportunities crm_stage_history
-- key: entity_id stage outcome
-- node: entity_id
-- filed: day
-- What came of an entry into a stage, filed under its day: that it was `entered` (in no days), that the next stage or a
-- later one was reached (`moved_on`), that the deal was `won`. People carry the funnel up to the stage before
-- `opportunity`, deals from there on; `next_stage` is the configured order's, none after `won`.
with
ordered as (
    select s.stage, lead(s.stage) over (order by s.position) as next_stage
    from stages as s
    join stages as w on w.stage = 'won'
    where s.position between 0 and w.position
),
ways as (
    select
        person_id, cast(null as varchar) as opportunity_id, stage, position, day,
        min(day) over (
            partition by person_id order by position rows between 1 following and unbounded following
        ) as moved_on,
        max(case when stage = 'won' then day end) over (partition by person_id) as won_on
    from entries
    union all
    select
        null, opportunity_id, stage, position, day,
        min(day) over (
            partition by opportunity_id order by position rows between 1 following and unbounded following
        ),
        max(case when stage = 'won' then day end) over (partition by opportunity_id)
    from deal_entries
),
outcomes as (
    select *, 'entered' as outcome, 0 as days_taken from ways
    union all
    select *, 'moved_on', date_diff('day', day, moved_on) from ways where moved_on is not null
    union all
    select *, 'won', date_diff('day', day, won_on) from ways where won_on is not null
),
carried as (
    select w.*, n.next_stage
    from outcomes as w
    join ordered as n on n.stage = w.stage
    join stages as o on o.stage = 'opportunity'
    where case when w.position < o.position then w.person_id else w.opportunity_id end is not null
)
select
    p.person_id as entity_id, w.day, w.stage, w.next_stage, w.outcome, w.days_taken, p.region, p.channel, p.campaign, p.country, p.subdivision,
    p.city, p.rep, p.team, p.segment, 'unknown' as product, 'unknown' as opportunity_type
from carried as w
join people as p on p.person_id = w.person_id
union all
select
    'deal ' || o.opportunity_id, w.day, w.stage, w.next_stage, w.outcome, w.days_taken, o.region, o.channel, o.campaign, o.country, o.subdivision,
    o.city, o.rep, o.team, o.segment, o.product, o.opportunity_type
from carried as w
join known_opportunities as o on o.opportunity_id = w.opportunity_id
