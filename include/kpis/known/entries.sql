-- node: person_id
-- filed: day
-- First entry of a person into each stage of the funnel up to the furthest one reached. A stage not observed was passed
-- when the next observed one was entered (inferred). `lead` is creation. `won` is a won new deal, by its close: a CRM
-- that calls a lead a customer without one only proves the stages before.
with
deals_won as (
    select person_id, min(closed_at) as entered_at
    from known_opportunities
    where person_id is not null and status = 'won' and opportunity_type = 'new'
    group by person_id
),
observed as (
    select m.person_id, s.position, min(m.entered_at) as entered_at, s.stage <> 'won' as counts
    from moves as m
    join stages as s on s.stage = m.stage
    left join deals_won as w on w.person_id = m.person_id
    where m.person_id is not null and s.position >= 0 and s.stage <> 'lead' and (s.stage <> 'won' or w.person_id is null)
    group by m.person_id, s.position, s.stage
    union all
    select p.person_id, s.position, p.created_at, true
    from people as p
    join stages as s on s.stage = 'lead'
    union all
    select w.person_id, s.position, w.entered_at, true
    from deals_won as w
    join stages as s on s.stage = 'won'
    join people as p on p.person_id = w.person_id
),
reached as (
    select person_id, max(position) as furthest from observed group by person_id
),
passed as (
    select
        r.person_id, s.stage, s.position, o.entered_at is null as is_inferred, coalesce(o.counts, true) as counts,
        first_value(o.entered_at ignore nulls) over (
            partition by r.person_id order by s.position rows between current row and unbounded following
        ) as entered_at
    from reached as r
    join stages as s on s.position between 0 and r.furthest
    left join observed as o on o.person_id = r.person_id and o.position = s.position
)
select
    p.person_id, p.stage, p.position, p.is_inferred, p.entered_at,
    cast(p.entered_at at time zone x.timezone as date) as day
from passed as p
join people as x on x.person_id = p.person_id
where p.counts and not (p.stage = 'won' and p.is_inferred)
