-- POCs, trials and demos as known at their region's cutoff: the last version before it; where there is none, the
-- earliest, without what was stamped later. They stand where their deal does, else their lead, else their account,
-- else where they say. Tests are out, and with a deal that does not count, or a lead, its POC does not.
with
numbered as (
    select
        *, row_number() over (partition by poc_id order by updated_at, _source) as nth,
        lead(updated_at) over (partition by poc_id order by updated_at, _source) as next_at,
        min(started_at) over (partition by poc_id) as began_at,
        first_value(opportunity_id ignore nulls) over w as deal_id,
        first_value(lead_id ignore nulls) over w as contact_id,
        first_value(account_id ignore nulls) over w as firm_id
    from pocs
    window w as (
        partition by poc_id order by updated_at, _source rows between unbounded preceding and unbounded following
    )
),
dated_deals as (
    select opportunity_id, min(created_at) as created_at from opportunities group by opportunity_id
),
placed as (
    select
        f.poc_id, o.opportunity_id, coalesce(o.person_id, p.person_id) as person_id,
        coalesce(o.account_id, f.firm_id) as account_id,
        coalesce(o.region, p.region, a.region, s.region, c.region, 'unassigned') as region,
        coalesce(o.channel, p.channel, a.channel, 'unknown') as channel,
        coalesce(o.campaign, p.campaign, a.campaign_id, 'unknown') as campaign,
        coalesce(o.country, p.country, case when a.account_id is null then f.country else a.country end, 'unknown')
            as country,
        coalesce(
            o.subdivision, p.subdivision, case when a.account_id is null then f.subdivision else a.subdivision end,
            'unknown'
        ) as subdivision,
        coalesce(o.city, p.city, a.city, 'unknown') as city, coalesce(o.rep, p.rep, 'unassigned') as rep,
        coalesce(o.team, p.team, 'unknown') as team, coalesce(o.segment, p.segment, a.segment, 'unknown') as segment,
        coalesce(o.product, 'unknown') as product, coalesce(o.opportunity_type, 'unknown') as opportunity_type,
        o.opportunity_id is null and d.created_at is not null as lacks_deal, d.created_at as deal_created_at
    from numbered as f
    left join known_opportunities as o on o.opportunity_id = f.deal_id
    left join dated_deals as d on d.opportunity_id = f.deal_id
    left join known_leads as l on l.lead_id = f.contact_id
    left join awaited_leads as w on w.lead_id = f.contact_id
    left join lead_merges as m on m.lead_id = f.contact_id
    left join people as p on p.person_id = coalesce(m.survivor_id, f.contact_id)
    left join payers as y on y.account_id = f.firm_id
    left join known_accounts as a on a.account_id = f.firm_id
    left join places as s on s.place = f.subdivision
    left join places as c on c.place = f.country
    where
        f.nth = 1 and not coalesce(l.is_test, false) and not coalesce(y.is_test, false)
        and not (f.deal_id is null and l.lead_id is not null and p.person_id is null)
        and (w.lead_id is null or o.opportunity_id is not null)
)
select
    k.poc_id, k.type, p.opportunity_id, p.person_id, p.account_id, k.started_at, r.timezone, r.cutoff,
    case when k.executed_at < r.cutoff then k.executed_at end as executed_at,
    case when k.accomplished_at < r.cutoff then k.accomplished_at end as accomplished_at,
    case when k.evaluated_at < r.cutoff then k.evaluated_at end as evaluated_at,
    case when k.evaluated_at < r.cutoff then k.evaluation_result end as evaluation_result,
    case when k.evaluated_at < r.cutoff then k.intent_to_buy_by end as intent_to_buy_by,
    coalesce(k.goals_planned, 0) as goals_planned, p.region, p.channel, p.campaign, p.country, p.subdivision, p.city,
    p.rep, p.team, p.segment, p.product, p.opportunity_type
from numbered as k
join placed as p on p.poc_id = k.poc_id
join regions as r on r.region = p.region
where
    k.began_at < r.cutoff and not (p.lacks_deal and p.deal_created_at < r.cutoff) and not k.is_test
    and case when k.updated_at < r.cutoff then k.next_at is null or k.next_at >= r.cutoff else k.nth = 1 end
