-- node: lead_id
-- filed: created_at
-- Lead records as known at their region's cutoff: first touch of the earliest version, the rest of the last version
-- before the cutoff; where there is none, the earliest, without what was stamped later.
with
numbered as (
    select *,
        row_number() over (partition by lead_id order by updated_at, _source) as nth,
        lead(updated_at) over (partition by lead_id order by updated_at, _source) as next_at
    from leads
),
placed as (
    select
        v.lead_id, v.created_at, v.channel, v.campaign_id, v.country, v.subdivision, v.city,
        v.origin, r.region, r.cutoff
    from numbered as v
    left join places as s on s.place = v.subdivision
    left join places as c on c.place = v.country
    join regions as r on r.region = coalesce(s.region, c.region, 'unassigned')
    where v.nth = 1 and v.created_at < r.cutoff
)
select
    k.lead_id, p.created_at, k.account_id, k.owner_rep_id, k.team, k.segment, p.region, p.channel, p.campaign_id,
    p.country, p.subdivision, p.city, p.origin, k.qualification_type,
    k.is_test or coalesce(a.is_test, false) as is_test,
    k.deleted_at is not null and k.deleted_at < p.cutoff as is_deleted,
    case when k.merged_at is null or k.merged_at < p.cutoff then k.merged_into_lead_id end as merged_into_lead_id
from numbered as k
join placed as p on p.lead_id = k.lead_id
left join known_accounts as a on a.account_id = k.account_id
where case when k.updated_at < p.cutoff then k.next_at is null or k.next_at >= p.cutoff else k.nth = 1 end
