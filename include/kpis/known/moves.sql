-- node: coalesce('deal ' || opportunity_id, lead_id)
-- filed: entered_at
-- Stage changes known at the cutoff, of lead records and of opportunities (these also under their primary lead). A
-- record's creation is its move to `lead`, a deal's to `opportunity`.
with
lead_rows as (
    select p.person_id, h.entity_id as lead_id, cast(null as varchar) as opportunity_id, h.stage, h.entered_at,
        h.valid_from
    from crm_stage_history as h
    left join lead_merges as m on m.lead_id = h.entity_id
    join people as p on p.person_id = coalesce(m.survivor_id, h.entity_id)
    where h.entity_type = 'lead' and h.is_stage_change and h.recorded_at < p.cutoff and h.entered_at < p.cutoff
),
deal_rows as (
    select o.person_id, o.primary_lead_id as lead_id, o.opportunity_id, h.stage, h.entered_at, h.valid_from
    from crm_stage_history as h
    join known_opportunities as o on o.opportunity_id = h.entity_id
    where h.entity_type = 'opportunity' and h.is_stage_change and h.recorded_at < o.cutoff and h.entered_at < o.cutoff
)
select distinct * from lead_rows
union all
select distinct * from deal_rows
union all
select p.person_id, l.lead_id, null, 'lead', l.created_at, l.created_at
from known_leads as l
left join lead_merges as m on m.lead_id = l.lead_id
join people as p on p.person_id = coalesce(m.survivor_id, l.lead_id)
where not l.is_test
union all
select person_id, primary_lead_id, opportunity_id, 'opportunity', created_at, created_at from known_opportunities
