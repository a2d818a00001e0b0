-- kind: event
-- needs: leads crm_stage_history
-- key: entity_id stage entered_at valid_from
-- A visit to a stage that has ended, filed under the local date of its end, and the days it took. One that goes on
-- (`is_open`) has no day, and the days it has lasted by the cutoff; who has won, or was merged away, visits no more. What
-- a deal's history says no end of ends when the deal is closed.
with deal_visits as (
    select
        v.entity_id, v.entered_at, v.valid_from, v.stage,
        coalesce(v.exited_at, case when o.closed_at >= v.entered_at then o.closed_at end) as left_at
    from visits as v
    join known_opportunities as o on o.opportunity_id = v.entity_id
    where v.is_deal
)
select
    v.entity_id, v.entered_at, v.valid_from, cast(v.exited_at at time zone p.timezone as date) as day,
    cast(v.entered_at at time zone p.timezone as date) as began_on, v.exited_at is null as is_open, v.stage,
    cast(round(date_diff('microsecond', v.entered_at, coalesce(v.exited_at, p.cutoff)) * 5 / 432) / 1e9 as decimal(18, 9))
        as days,
    p.region, p.channel, p.campaign, p.country,
    p.subdivision, p.rep, p.team, p.segment, 'unknown' as product, 'unknown' as opportunity_type
from visits as v
join people as p on p.person_id = v.person_id
where not v.is_deal and (v.exited_at is not null or v.entity_id = v.person_id)
union all
select
    v.entity_id, v.entered_at, v.valid_from, cast(v.left_at at time zone o.timezone as date),
    cast(v.entered_at at time zone o.timezone as date), v.left_at is null, v.stage,
    cast(round(date_diff('microsecond', v.entered_at, coalesce(v.left_at, o.cutoff)) * 5 / 432) / 1e9 as decimal(18, 9)),
    o.region, o.channel, o.campaign, o.country,
    o.subdivision, o.rep, o.team, o.segment, o.product, o.opportunity_type
from deal_visits as v
join known_opportunities as o on o.opportunity_id = v.entity_id
where v.left_at is not null or o.status = 'open'
