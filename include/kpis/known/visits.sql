-- node: case when is_deal then 'deal ' || entity_id else entity_id end
-- filed: entered_at
-- Visits to stages. Leads carry the funnel up to the stage before `opportunity`, each record by its own history,
-- opportunities from there; to be disqualified or lost ends a visit. Consecutive rows of one stage are one visit, and
-- inferred stages have none. One that goes on has no `exited_at`.
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
ended as (
    select
        v.*,
        lead(v.entered_at) over (partition by v.entity_id, v.is_deal order by v.valid_from, v.position, v.entered_at)
            as exited_at
    from ordered as v
    where v.before is null or v.before <> v.stage
)
select v.is_deal, v.entity_id, v.person_id, v.stage, v.entered_at, v.valid_from, v.exited_at
from ended as v
join stages as o on o.stage = 'opportunity'
join stages as w on w.stage = 'won'
where v.position >= 0 and (v.exited_at is not null or v.position < w.position) and (v.position >= o.position) = v.is_deal
