-- The people in key roles that a deal engaged, each with the local date since when.
with listed as (
    select o.opportunity_id, o.timezone, o.cutoff, t.contact
    from known_opportunities as o
    cross join unnest(o.contacts) as t(contact)
)
select
    d.opportunity_id, coalesce(m.survivor_id, d.contact.lead_id) as person_id,
    cast(min(d.contact.first_engaged_at) at time zone min(d.timezone) as date) as engaged_on
from listed as d
left join lead_merges as m on m.lead_id = d.contact.lead_id
left join known_leads as l on l.lead_id = d.contact.lead_id
where d.contact.is_key_role and d.contact.first_engaged_at < d.cutoff and not coalesce(l.is_test, false)
group by d.opportunity_id, coalesce(m.survivor_id, d.contact.lead_id)
