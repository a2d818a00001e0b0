-- node: person_id
-- filed: created_at
-- Surviving leads, one row a person: created when the earliest of the merged records was, at its first touch.
-- Test and deleted survivors are out, and test records do not speak for a survivor.
with
members as (
    select l.*, coalesce(m.survivor_id, l.lead_id) as person_id
    from known_leads as l
    left join lead_merges as m on m.lead_id = l.lead_id
    where not l.is_test
),
numbered as (
    select *, row_number() over (partition by person_id order by created_at, lead_id) as nth
    from members
)
select
    f.person_id, f.created_at, f.region, r.timezone, r.cutoff,
    coalesce(f.channel, 'unknown') as channel, coalesce(f.campaign_id, 'unknown') as campaign,
    coalesce(f.country, 'unknown') as country, coalesce(f.subdivision, 'unknown') as subdivision,
    coalesce(f.city, 'unknown') as city, coalesce(f.origin, 'unknown') as origin,
    coalesce(s.owner_rep_id, f.owner_rep_id, 'unassigned') as rep,
    coalesce(s.team, t.team, 'unknown') as team, coalesce(s.segment, f.segment, 'unknown') as segment,
    coalesce(s.qualification_type, f.qualification_type, 'unknown') as qualification_type
from numbered as f
join regions as r on r.region = f.region
left join known_leads as s on s.lead_id = f.person_id
left join known_reps as t on t.rep_id = coalesce(s.owner_rep_id, f.owner_rep_id)
where f.nth = 1 and not coalesce(s.is_deleted, false) and not coalesce(s.is_test, false)
