-- Leads that begin after their region's cutoff. What belongs to one and began before a later region's cutoff is not
-- somebody's in no region: it is not yet known either.
select distinct l.lead_id
from leads as l
left join known_leads as k on k.lead_id = l.lead_id
where k.lead_id is null
