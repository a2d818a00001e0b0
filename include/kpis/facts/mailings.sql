-- kind: event
-- needs: activities leads
-- key: activity_id response
-- node: 'touch ' || activity_id
-- filed: day
-- What became of a marketing e-mail, filed under the local date it was sent: that it was delivered, opened, clicked, or
-- either of the two (`responded`), with the days it took. `is_machine` where only machines opened it. A click within
-- ten seconds of the delivery is a scanner's, and none. The channel of all that is e-mail's.
with
sent as (
    select
        a.*, a.is_machine_open and a.opened_at is not null as is_machine,
        case when a.clicked_at >= a.delivered_at + interval 10 second then a.clicked_at end as clicked_on_purpose_at
    from known_activities as a
    where a.activity_type = 'marketing_email' and a.delivered_at is not null
),
responses as (
    select activity_id, 'delivered' as response, sent_at as responded_at from sent
    union all
    select activity_id, 'opened', opened_at from sent where opened_at is not null
    union all
    select activity_id, 'clicked', clicked_on_purpose_at from sent where clicked_on_purpose_at is not null
    union all
    select activity_id, 'responded', least(opened_at, clicked_on_purpose_at)
    from sent
    where opened_at is not null or clicked_on_purpose_at is not null
)
select
    s.activity_id, cast(s.sent_at at time zone s.timezone as date) as day,
    cast(r.responded_at at time zone s.timezone as date) as responded_on, r.response, s.is_machine,
    date_diff(
        'day', cast(s.sent_at at time zone s.timezone as date), cast(r.responded_at at time zone s.timezone as date)
    ) as days_taken,
    coalesce(s.prospect, s.activity_id) || ' ' || s.own_campaign as responder, 'email' as channel,
    s.own_campaign as campaign, s.region, s.country, s.subdivision
from responses as r
join sent as s on s.activity_id = r.activity_id
