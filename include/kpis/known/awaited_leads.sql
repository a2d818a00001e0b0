-- Leads that begin after their region's cutoff. What belongs to one and began before a later region's cutoff is not
-- somebody's in no region: it is not yet known either.
select lead_id from leads
except
select lead_id from known_leads
