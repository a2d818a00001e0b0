-- kind: event
-- needs: activities leads
-- key: step prospect
-- node: prospect
-- filed: day
-- The first time a prospect was approached (`step` approach) or met (meeting), and how many days later a presentation
-- or demo, or the next meeting, was held; a person's creation, and after how many days and hours a rep first made
-- contact. Without days_taken that has not come about. A contact before the creation took less than nothing.
with
approaches as (
    select *, row_number() over (partition by prospect order by started_at, activity_id) as nth
    from known_activities
    where
        prospect is not null and has_begun and not is_automated
        and (outcome in ('connected', 'replied') or activity_type = 'approach' and outcome in ('held', 'unknown'))
),
presented as (
    select a.activity_id, min(b.day) as day
    from approaches as a
    join known_activities as b on b.prospect = a.prospect and b.started_at >= a.started_at
    where a.nth = 1 and b.activity_type in ('presentation', 'demo') and b.outcome = 'held'
    group by a.activity_id
),
meetings as (
    select *, row_number() over w as nth, lead(day) over w as next_day
    from known_activities
    where prospect is not null and is_meeting and outcome = 'held'
    window w as (partition by prospect order by started_at, activity_id)
),
contacts as (
    select person_id, min(started_at) as contacted_at
    from known_activities
    where is_contact and person_id is not null
    group by person_id
)
select
    a.day, 'approach' as step, a.prospect, date_diff('day', a.day, p.day) as days_taken, cast(null as decimal(18, 9)) as hours,
    a.activity_type, a.region, a.channel, a.campaign, a.country, a.subdivision, a.rep, a.team, 'unknown' as segment
from approaches as a
left join presented as p on p.activity_id = a.activity_id
where a.nth = 1
union all
select
    day, 'meeting', prospect, date_diff('day', day, next_day), null, activity_type, region, channel, campaign, country,
    subdivision, rep, team, 'unknown'
from meetings
where nth = 1
union all
select
    cast(p.created_at at time zone p.timezone as date), 'creation', p.person_id,
    date_diff(
        'day', cast(p.created_at at time zone p.timezone as date), cast(c.contacted_at at time zone p.timezone as date)
    ),
    cast(round(date_diff('microsecond', p.created_at, c.contacted_at) * 5 / 18) / 1e9 as decimal(18, 9)), 'unknown', p.region,
    p.channel, p.campaign, p.country, p.subdivision, p.rep, p.team, p.segment
from people as p
left join contacts as c on c.person_id = p.person_id
