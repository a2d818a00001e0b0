-- kind: event
-- needs: leads crm_stage_history
-- key: person_id stage reached
-- node: person_id
-- filed: day
-- A person's way from one stage to a later one: filed under the day of the entry, with the days it took (`days`: to the
-- second). `is_inferred`: one of the two entries was not observed.
select
    e.person_id, e.day, t.day as reached_on, e.stage, t.stage as reached, e.is_inferred or t.is_inferred as is_inferred,
    date_diff('day', e.day, t.day) as days_taken,
    cast(round(date_diff('microsecond', e.entered_at, t.entered_at) * 5 / 432) / 1e9 as decimal(18, 9)) as days, p.region,
    p.channel, p.campaign, p.country, p.subdivision, p.city, p.rep, p.team, p.segment, p.qualification_type
from entries as e
join entries as t on t.person_id = e.person_id and t.position > e.position
join people as p on p.person_id = e.person_id
