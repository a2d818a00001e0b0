-- kind: event
-- needs: opportunities leads activities
-- key: opportunity_id
-- A won deal that is no renewal, on the day of its close: the days since the first contact, and the touches and minutes
-- on the phone it took until then.
with spent as (
    select
        o.opportunity_id, count(*) as touches,
        sum(case when a.activity_type = 'call' and a.outcome = 'connected' then a.minutes end) as minutes
    from known_opportunities as o
    join deal_touches as t on t.opportunity_id = o.opportunity_id
    join known_activities as a on a.activity_id = t.activity_id and a.started_at <= o.closed_at
    group by o.opportunity_id
)
select
    o.opportunity_id, cast(o.closed_at at time zone o.timezone as date) as day,
    cast(round(date_diff('microsecond', f.contacted_at, o.closed_at) * 5 / 432) / 1e9 as decimal(18, 9)) as days,
    coalesce(s.touches, 0) as touches, coalesce(s.minutes, 0) as minutes, o.opportunity_type, o.region, o.channel,
    o.campaign, o.country, o.subdivision, o.city, o.rep, o.team, o.segment, o.product
from known_opportunities as o
join first_contacts as f on f.opportunity_id = o.opportunity_id
left join spent as s on s.opportunity_id = o.opportunity_id
where o.status = 'won' and o.opportunity_type <> 'renewal'
