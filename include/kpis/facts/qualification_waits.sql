-- kind: event
-- needs: leads crm_stage_history
-- key: person_id
-- A person observed to become an MQL, filed under that day, and the days until it was observed to become an SQL; or until
-- it was disqualified, or so far (`is_open`). Whoever is an SQL by inference waited no time that is known.
with
exits as (
    select m.person_id, max(m.entered_at) as left_at
    from moves as m
    join stages as s on s.stage = m.stage
    where s.position < 0
    group by m.person_id
),
ends as (
    select
        e.person_id, e.day, e.entered_at, q.entered_at as qualified_at, coalesce(q.is_inferred, false) as is_inferred,
        case when x.left_at > e.entered_at then x.left_at end as left_at
    from entries as e
    left join entries as q on q.person_id = e.person_id and q.stage = 'sql'
    left join exits as x on x.person_id = e.person_id
    where e.stage = 'mql' and not e.is_inferred
)
select
    e.person_id, e.day, e.qualified_at is null as is_open,
    cast(
        round(date_diff('microsecond', e.entered_at, coalesce(e.qualified_at, e.left_at, p.cutoff)) * 5 / 432) / 1e9
        as decimal(18, 9)
    ) as days,
    p.region, p.channel, p.campaign, p.country, p.subdivision, p.city, p.rep, p.team, p.segment
from ends as e
join people as p on p.person_id = e.person_id
where not e.is_inferred
