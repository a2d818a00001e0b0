-- kind: event
-- needs: leads crm_stage_history
-- key: person_id stage
-- A person's observed entry into a stage before `won`, filed under its day, and the days until the next stage or a later
-- one was reached; of those who have not got there (`is_open`) the days until the last one that is over: also of those
-- who never will, for to be lost is not to convert.
with
ways as (
    select
        e.*,
        min(e.day) over (
            partition by e.person_id order by e.position rows between 1 following and unbounded following
        ) as moved_on
    from entries as e
)
select
    e.person_id, e.day, e.stage, e.moved_on is null as is_open,
    case
        when e.moved_on is null then date_diff('day', e.day, cast(p.cutoff at time zone p.timezone as date)) - 1
        else date_diff('day', e.day, e.moved_on)
    end as days,
    p.region, p.channel, p.campaign, p.country, p.subdivision, p.city, p.rep, p.team, p.segment
from ways as e
join stages as w on w.stage = 'won'
join people as p on p.person_id = e.person_id
where not e.is_inferred and e.position < w.position
