-- Stage changes known at the cutoff, of leads (under their survivor) and of opportunities (also under the primary
-- lead's survivor). A lead's creation is its move to `lead`, a deal's to `opportunity`.
with
lead_rows as (
    select
        p.person_id, cast(null as varchar) as opportunity_id, h.stage, h.entered_at, h.valid_from,
        h.entity_id <> p.person_id and h.stage = 'lead' as is_duplicate
    from crm_stage_history as h
    left join lead_merges as m on m.lead_id = h.entity_id
    join people as p on p.person_id = coalesce(m.survivor_id, h.entity_id)
    where h.entity_type = 'lead' and h.is_stage_change and h.recorded_at < p.cutoff and h.entered_at < p.cutoff
),
deal_rows as (
    select o.person_id, o.opportunity_id, h.stage, h.entered_at, h.valid_from, false as is_duplicate
    from crm_stage_history as h
    join known_opportunities as o on o.opportunity_id = h.entity_id
    where h.entity_type = 'opportunity' and h.is_stage_change and h.recorded_at < o.cutoff and h.entered_at < o.cutoff
)
select distinct * from lead_rows
union all
select distinct * from deal_rows
union all
select person_id, null, 'lead', created_at, created_at, false from people
union all
select person_id, opportunity_id, 'opportunity', created_at, created_at, false from known_opportunities
