-- node: 'touch ' || activity_id
-- filed: started_at
-- Touches as known at their region's cutoff: the last version stamped before it, or the earliest where there is none;
-- what is stamped later has not happened yet. Place, channel and segment are the lead's (its survivor's), else the
-- deal's, the account's or the row's own; `prospect` is the person, else the account. Tests are out. One touch counts
-- once: a row of the same rep, type, minute and prospect is a second copy from another system.
with
numbered as (
    select
        *, row_number() over (partition by activity_id order by updated_at, _source) as nth,
        lead(updated_at) over (partition by activity_id order by updated_at, _source) as next_at,
        first_value(lead_id ignore nulls) over w as first_lead_id,
        first_value(account_id ignore nulls) over w as first_account_id,
        first_value(opportunity_id ignore nulls) over w as first_opportunity_id
    from activities
    window w as (
        partition by activity_id order by updated_at, _source
        rows between unbounded preceding and unbounded following
    )
),
test_deals as (
    select distinct opportunity_id from opportunities where is_test
),
placed as (
    select
        v.activity_id, o.opportunity_id, coalesce(p.person_id, o.person_id) as person_id,
        least(v.booked_at, v.sent_at, v.started_at) as existed_at,
        coalesce(
            p.person_id, o.person_id, m.survivor_id, v.first_lead_id,
            'account ' || coalesce(v.first_account_id, o.account_id)
        ) as prospect,
        coalesce(p.region, o.region, l.region, a.region, s.region, c.region, 'unassigned') as region,
        coalesce(p.channel, o.channel, l.channel, a.channel, 'unknown') as channel,
        coalesce(p.campaign, o.campaign, l.campaign_id, a.campaign_id, 'unknown') as campaign,
        coalesce(p.country, o.country, l.country, a.country, v.country, 'unknown') as country,
        coalesce(p.subdivision, o.subdivision, l.subdivision, a.subdivision, v.subdivision, 'unknown') as subdivision
    from numbered as v
    left join known_leads as l on l.lead_id = v.first_lead_id
    left join awaited_leads as w on w.lead_id = v.first_lead_id
    left join lead_merges as m on m.lead_id = v.first_lead_id
    left join people as p on p.person_id = coalesce(m.survivor_id, v.first_lead_id)
    left join known_opportunities as o on o.opportunity_id = v.first_opportunity_id
    left join test_deals as t on t.opportunity_id = v.first_opportunity_id
    left join known_accounts as a on a.account_id = coalesce(v.first_account_id, o.account_id)
    left join places as s on s.place = v.subdivision
    left join places as c on c.place = v.country
    where
        v.nth = 1 and t.opportunity_id is null and not coalesce(l.is_test, false) and not coalesce(a.is_test, false)
        and (w.lead_id is null or o.opportunity_id is not null)
),
stamped as (
    select v.*, r.cutoff, r.timezone, v.started_at < r.cutoff as has_begun
    from numbered as v
    join placed as p on p.activity_id = v.activity_id
    join regions as r on r.region = p.region
    where
        p.existed_at < r.cutoff
        and case when v.updated_at < r.cutoff then v.next_at is null or v.next_at >= r.cutoff else v.nth = 1 end
),
known as (
    select
        k.activity_id, k.type as activity_type, p.person_id, p.opportunity_id, p.prospect, k.is_automated, k.has_begun,
        coalesce(k.direction, case when k.type in ('approach', 'meeting', 'presentation', 'demo') then 'outbound' end, 'unknown')
            as direction,
        coalesce(k.purpose, 'unknown') as purpose, coalesce(k.program_type, 'unknown') as program_type,
        coalesce(case when k.has_begun then k.outcome end, 'unknown') as outcome,
        coalesce(k.is_follow_up, k.purpose = 'follow_up', false) as is_follow_up, k.duration_minutes as minutes,
        k.started_at, case when k.booked_at < k.cutoff then k.booked_at end as booked_at,
        coalesce(k.sent_at, k.started_at) as sent_at,
        case when k.delivered_at < k.cutoff and k.bounced_at is null then k.delivered_at end as delivered_at,
        case when k.first_open_at < k.cutoff then k.first_open_at end as opened_at,
        case when k.first_click_at < k.cutoff then k.first_click_at end as clicked_at,
        coalesce(k.is_machine_open, false) as is_machine_open, coalesce(k.campaign_id, 'unknown') as own_campaign,
        coalesce(k.rep_id, 'unassigned') as rep, coalesce(k.team, t.team, 'unknown') as team, k.timezone,
        p.region, p.channel, p.campaign, p.country, p.subdivision
    from stamped as k
    join placed as p on p.activity_id = k.activity_id
    left join known_reps as t on t.rep_id = k.rep_id
),
copies as (
    select
        *,
        row_number() over (
            partition by
                rep, activity_type, direction, date_trunc('minute', started_at), prospect,
                case when is_automated or prospect is null then activity_id end
            order by case when outcome = 'unknown' then 1 else 0 end, activity_id
        ) as nth
    from known
)
select
    activity_id, activity_type, person_id, opportunity_id, prospect, is_automated, has_begun, direction, purpose,
    program_type, outcome, is_follow_up, minutes, started_at, booked_at, sent_at, delivered_at, opened_at, clicked_at,
    is_machine_open, own_campaign, rep, team, timezone, region, channel, campaign, country, subdivision,
    cast(started_at at time zone timezone as date) as day,
    activity_type in ('meeting', 'presentation', 'demo') as is_meeting,
    not is_automated and direction = 'outbound' and activity_type in ('call', 'email', 'voicemail', 'social') as is_attempt,
    not is_automated and direction = 'outbound' and has_begun
        and (activity_type not in ('meeting', 'presentation', 'demo') or outcome = 'held') as is_contact
from copies
where nth = 1
