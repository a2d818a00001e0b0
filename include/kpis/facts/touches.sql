-- kind: event
-- needs: activities leads
-- key: activity_id
-- node: 'touch ' || activity_id
-- filed: day
-- A touch that is no marketing e-mail, on its local date, a meeting also on the date it was booked (`booked_on`):
-- whether it is the first contact with its prospect or the first appointment, and how many attempts that took
-- (`attempts`, up to its booking).
with
contacted as (
    select activity_id, row_number() over (partition by prospect order by started_at, activity_id) as nth
    from known_activities
    where is_contact and prospect is not null
),
booked as (
    select
        activity_id, prospect, booked_at, row_number() over (partition by prospect order by booked_at, activity_id) as nth
    from known_activities
    where is_meeting and booked_at is not null and prospect is not null
),
tried as (
    select b.activity_id, count(*) as attempts
    from booked as b
    join known_activities as a on a.prospect = b.prospect and a.is_attempt and a.started_at <= b.booked_at
    where b.nth = 1
    group by b.activity_id
)
select
    a.activity_id, a.day, cast(a.booked_at at time zone a.timezone as date) as booked_on, a.activity_type, a.direction, a.purpose,
    a.outcome, a.is_automated, a.is_attempt, a.is_contact, a.is_meeting, a.prospect, a.minutes,
    coalesce(c.nth = 1, false) as is_first_contact, coalesce(b.nth = 1, false) as is_first_appointment,
    coalesce(t.attempts, 0) as attempts, a.region, a.country, a.subdivision, a.rep, a.team
from known_activities as a
left join contacted as c on c.activity_id = a.activity_id
left join booked as b on b.activity_id = a.activity_id
left join tried as t on t.activity_id = a.activity_id
where a.activity_type <> 'marketing_email'
