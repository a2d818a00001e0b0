-- kind: event
-- needs: leads crm_stage_history
-- A person's first entry into a stage, observed or inferred, on its local date.
select
    e.day, e.stage, e.is_inferred, coalesce(c.web, false) as from_web, p.region, p.channel, p.campaign, p.country,
    p.subdivision, p.city, p.rep, p.team, p.segment
from entries as e
join people as p on p.person_id = e.person_id
left join channels as c on c.channel = p.channel
