-- node: 'deal ' || opportunity_id
-- filed: day
-- First entry of an opportunity into each stage from `opportunity` up to the furthest one reached. A stage not observed
-- was passed when the next observed one was entered (inferred). `opportunity` is creation, `won` the close of a won deal.
with
bounds as (
    select
        max(case when stage = 'opportunity' then position end) as first_position,
        max(case when stage = 'won' then position end) as last_position
    from stages
),
observed as (
    select m.opportunity_id, s.position, min(m.entered_at) as entered_at
    from moves as m
    join stages as s on s.stage = m.stage
    join bounds as b on s.position > b.first_position and s.position < b.last_position
    where m.opportunity_id is not null
    group by m.opportunity_id, s.position
    union all
    select o.opportunity_id, b.first_position, o.created_at
    from known_opportunities as o
    cross join bounds as b
    union all
    select o.opportunity_id, b.last_position, o.closed_at
    from known_opportunities as o
    cross join bounds as b
    where o.status = 'won'
),
reached as (
    select opportunity_id, max(position) as furthest from observed group by opportunity_id
),
passed as (
    select
        r.opportunity_id, s.stage, s.position, o.entered_at is null as is_inferred,
        first_value(o.entered_at ignore nulls) over (
            partition by r.opportunity_id order by s.position rows between current row and unbounded following
        ) as entered_at
    from reached as r
    cross join bounds as b
    join stages as s on s.position between b.first_position and r.furthest
    left join observed as o on o.opportunity_id = r.opportunity_id and o.position = s.position
)
select
    p.opportunity_id, p.stage, p.position, p.is_inferred, cast(p.entered_at at time zone x.timezone as date) as day
from passed as p
join known_opportunities as x on x.opportunity_id = p.opportunity_id
