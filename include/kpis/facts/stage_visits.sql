-- kind: event
-- needs: leads crm_stage_history
-- key: entity_id stage entered_at valid_from
-- A visit to a stage that has ended, filed under the local date of its end. Leads carry the funnel up to the stage
-- before `opportunity`, each record by its own history, opportunities from there; to be disqualified or lost ends a
-- visit. Consecutive rows of one stage are one visit, and inferred stages have none. A visit that goes on (`is_open`)
-- has no day, and the days it has lasted by the cutoff; who has won, or was merged away, visits no more.
with
timeline as (
    select false as is_deal, m.lead_id as entity_id, m.stage, m.entered_at, m.valid_from, m.person_id
    from moves as m
    where m.person_id is not null
    union all
    select true, m.opportunity_id, m.stage, m.entered_at, m.valid_from, m.person_id
    from moves as m
    where m.opportunity_id is not null
),
ordered as (
    select
        t.*, s.position,
        lag(t.stage) over (partition by t.entity_id, t.is_deal order by t.valid_from, s.position, t.entered_at) as before
    from timeline as t
    join stages as s on s.stage = t.stage
),
visits as (
    select
        v.*,
        lead(v.entered_at) over (partition by v.entity_id, v.is_deal order by v.valid_from, v.position, v.entered_at)
            as exited_at
    from ordered as v
    where v.before is null or v.before <> v.stage
),
counted as (
    select v.*
    from visits as v
    join stages as o on o.stage = 'opportunity'
    join stages as w on w.stage = 'won'
    where v.position >= 0 and (v.exited_at is not null or v.position < w.position)
      and (v.position >= o.position) = v.is_deal
)
select
    v.entity_id, v.entered_at, v.valid_from, cast(v.exited_at at time zone p.timezone as date) as day,
    cast(v.entered_at at time zone p.timezone as date) as began_on, v.exited_at is null as is_open, v.stage,
    cast(round(date_diff('microsecond', v.entered_at, coalesce(v.exited_at, p.cutoff)) * 5 / 432) / 1e9 as decimal(18, 9))
        as days,
    p.region, p.channel, p.campaign, p.country,
    p.subdivision, p.rep, p.team, p.segment, 'unknown' as product, 'unknown' as opportunity_type
from counted as v
join people as p on p.person_id = v.person_id
where not v.is_deal and (v.exited_at is not null or v.entity_id = v.person_id)
union all
select
    v.entity_id, v.entered_at, v.valid_from, cast(v.exited_at at time zone o.timezone as date),
    cast(v.entered_at at time zone o.timezone as date), v.exited_at is null, v.stage,
    cast(round(date_diff('microsecond', v.entered_at, coalesce(v.exited_at, o.cutoff)) * 5 / 432) / 1e9 as decimal(18, 9)),
    o.region, o.channel, o.campaign, o.country,
    o.subdivision, o.rep, o.team, o.segment, o.product, o.opportunity_type
from counted as v
join known_opportunities as o on o.opportunity_id = v.entity_id
where v.is_deal and (v.exited_at is not null or o.status = 'open')
