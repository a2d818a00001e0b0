-- node: 'deal ' || opportunity_id
-- filed: created_at
-- Opportunities as known at their region's cutoff. Place, channel and campaign are the primary lead's (its
-- survivor's), else the account's. Test and deleted ones are out. A later close is not known yet: still open.
with
numbered as (
    select
        *, row_number() over (partition by opportunity_id order by updated_at, _source) as nth,
        lead(updated_at) over (partition by opportunity_id order by updated_at, _source) as next_at
    from opportunities
),
firsts as (
    select
        opportunity_id, min(created_at) as created_at, max_by(account_id, -nth) as account_id,
        max_by(primary_lead_id, case when primary_lead_id is not null then -nth end) as primary_lead_id
    from numbered
    group by opportunity_id
),
placed as (
    select
        f.opportunity_id, f.created_at, p.person_id, f.primary_lead_id, coalesce(l.is_test, false) as has_test_lead,
        coalesce(p.region, l.region, a.region, 'unassigned') as region,
        coalesce(p.channel, l.channel, a.channel, 'unknown') as channel,
        coalesce(p.campaign, l.campaign_id, a.campaign_id, 'unknown') as campaign,
        case when l.lead_id is null then a.country else coalesce(p.country, l.country) end as country,
        case when l.lead_id is null then a.subdivision else coalesce(p.subdivision, l.subdivision) end as subdivision,
        case when l.lead_id is null then a.city else coalesce(p.city, l.city) end as city,
        coalesce(p.segment, l.segment, a.segment) as segment,
        coalesce(p.origin, l.origin, 'unknown') as origin
    from firsts as f
    left join known_leads as l on l.lead_id = f.primary_lead_id
    left join lead_merges as m on m.lead_id = f.primary_lead_id
    left join people as p on p.person_id = coalesce(m.survivor_id, f.primary_lead_id)
    left join known_accounts as a on a.account_id = f.account_id
)
select
    k.opportunity_id, p.person_id, p.primary_lead_id, k.account_id, k.type as opportunity_type, p.created_at, r.timezone, r.cutoff,
    case when k.closed_at < r.cutoff then k.status else 'open' end as status,
    case when k.closed_at < r.cutoff and k.status <> 'open' then k.closed_at end as closed_at,
    k.amount, k.tcv, k.currency, k.probability, k.expected_close_date, k.contacts, k.renewal_of_subscription_id,
    p.region, p.channel, p.campaign,
    coalesce(p.country, 'unknown') as country, coalesce(p.subdivision, 'unknown') as subdivision,
    coalesce(p.city, 'unknown') as city, coalesce(k.owner_rep_id, 'unassigned') as rep,
    coalesce(k.team, t.team, 'unknown') as team, coalesce(k.segment, p.segment, 'unknown') as segment,
    coalesce(k.product, 'unknown') as product, p.origin
from numbered as k
join placed as p on p.opportunity_id = k.opportunity_id
join regions as r on r.region = p.region
left join known_accounts as a on a.account_id = k.account_id
left join known_reps as t on t.rep_id = k.owner_rep_id
where
    p.created_at < r.cutoff
    and case when k.updated_at < r.cutoff then k.next_at is null or k.next_at >= r.cutoff else k.nth = 1 end
    and not k.is_test
    and not coalesce(a.is_test, false)
    and not p.has_test_lead
    and not (k.deleted_at is not null and k.deleted_at < r.cutoff)
