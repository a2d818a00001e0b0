-- kind: event
-- needs: leads crm_stage_history
-- key: person_id stage
-- node: person_id
-- filed: day
-- A person's first entry into a stage, observed or inferred, on its local date. `from_web`: came through a web channel,
-- in a region whose visitors somebody counts; a rate of leads over visitors that nobody counted is none. `from_ads`: came
-- through a channel that is bought.
select
    e.person_id, e.day, e.stage, e.is_inferred, coalesce(c.web, false) and v.region is not null as from_web,
    coalesce(c.paid, false) as from_ads, p.region, p.channel, p.campaign, p.country, p.subdivision, p.city, p.rep,
    p.team, p.segment, p.qualification_type
from entries as e
join people as p on p.person_id = e.person_id
left join channels as c on c.channel = p.channel
left join counted_regions as v on v.region = p.region
