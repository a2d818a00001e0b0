-- kind: event
-- needs: activities leads crm_stage_history
-- key: step prospect
-- The first time a prospect was contacted (`step` contact), followed up or nurtured, and how many days later that one
-- became a lead, advanced a stage, or became an SQL: null if not yet, or if it had before. Of those contacted only who
-- was no lead yet: a record loaded to be called becomes one by its history, any other by its creation.
with
observed as (
    select p.person_id, min(h.entered_at) as entered_at
    from crm_stage_history as h
    left join lead_merges as m on m.lead_id = h.entity_id
    join people as p on p.person_id = coalesce(m.survivor_id, h.entity_id)
    join stages as s on s.stage = h.stage and s.position >= 0
    where h.entity_type = 'lead' and h.is_stage_change and h.recorded_at < p.cutoff and h.entered_at < p.cutoff
    group by p.person_id
),
created as (
    select p.person_id, min(l.created_at) as created_at
    from known_leads as l
    left join lead_merges as m on m.lead_id = l.lead_id
    join people as p on p.person_id = coalesce(m.survivor_id, l.lead_id)
    where not l.is_test and coalesce(l.origin, 'unknown') not in ('outbound', 'import')
    group by p.person_id
),
lead_entries as (
    select p.person_id, l.account_id, least(o.entered_at, c.created_at) as entered_at
    from people as p
    left join known_leads as l on l.lead_id = p.person_id
    left join observed as o on o.person_id = p.person_id
    left join created as c on c.person_id = p.person_id
),
became as (
    select person_id as prospect, entered_at from lead_entries
    union all
    select 'account ' || account_id, min(entered_at) from lead_entries where account_id is not null group by account_id
),
touched as (
    select activity_id, 'contact' as step, prospect, started_at
    from known_activities
    where is_contact and prospect is not null
    union all
    select activity_id, 'follow_up', person_id, started_at
    from known_activities
    where is_follow_up and has_begun and person_id is not null
    union all
    select activity_id, 'nurture', person_id, started_at
    from known_activities
    where program_type = 'nurture' and has_begun and person_id is not null
),
firsts as (
    select
        t.activity_id, t.step, t.prospect, t.started_at,
        row_number() over (partition by t.step, t.prospect order by t.started_at, t.activity_id) as nth
    from touched as t
),
stood as (
    select f.activity_id, f.step, max(e.position) as position
    from firsts as f
    join entries as e on e.person_id = f.prospect and e.entered_at <= f.started_at
    where f.nth = 1 and f.step = 'follow_up'
    group by f.activity_id, f.step
),
reached as (
    select f.activity_id, f.step, min(e.entered_at) as reached_at
    from firsts as f
    join entries as e on e.person_id = f.prospect and e.entered_at > f.started_at
    left join stood as s on s.activity_id = f.activity_id and s.step = f.step
    where
        f.nth = 1
        and (f.step = 'nurture' and e.stage = 'sql' or f.step = 'follow_up' and e.position > coalesce(s.position, -1))
    group by f.activity_id, f.step
)
select
    a.day, f.step, f.prospect,
    date_diff(
        'day', a.day,
        cast(case when f.step = 'contact' then b.entered_at else r.reached_at end at time zone a.timezone as date)
    ) as days_taken,
    a.activity_type, a.region, a.channel, a.campaign, a.country, a.subdivision, a.rep, a.team
from firsts as f
join known_activities as a on a.activity_id = f.activity_id
left join became as b on b.prospect = f.prospect
left join reached as r on r.activity_id = f.activity_id and r.step = f.step
where f.nth = 1 and (f.step <> 'contact' or b.entered_at is null or b.entered_at >= f.started_at)
