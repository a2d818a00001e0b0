-- kind: event
-- needs: pocs opportunities
-- key: since reached entity_id
-- How long it took from one point (`since`) to another (`reached`), filed under the day of the first: of an SQL to its
-- first accomplished and its first successful POC, of an executed POC to its successful evaluation, of a successful
-- evaluation to a deal won by the day the buyer named: the POC's own, or the person's first one since.
with
of_people as (
    select
        e.person_id, e.day, min(case when p.is_accomplished then p.accomplished_on end) as accomplished_on,
        min(case when p.is_successful then p.evaluated_on end) as successful_on
    from entries as e
    join poc_outcomes as p on p.person_id = e.person_id
    where e.stage = 'sql'
    group by e.person_id, e.day
),
person_outcomes as (
    select person_id, day, 'accomplished' as reached, accomplished_on as reached_on from of_people
    union all
    select person_id, day, 'successful', successful_on from of_people
),
deals_since as (
    select p.poc_id, min(cast(o.closed_at at time zone o.timezone as date)) as won_on
    from poc_outcomes as p
    join known_opportunities as o on o.person_id = p.person_id and o.status = 'won'
    where
        p.is_successful and p.opportunity_id is null
        and cast(o.closed_at at time zone o.timezone as date) >= p.evaluated_on
    group by p.poc_id
),
poc_deals as (
    select
        p.*,
        case
            when o.status = 'won' then cast(o.closed_at at time zone o.timezone as date)
            when o.opportunity_id is null then d.won_on
        end as won_on
    from poc_outcomes as p
    left join known_opportunities as o on o.opportunity_id = p.opportunity_id
    left join deals_since as d on d.poc_id = p.poc_id
    where p.is_successful
)
select
    c.person_id as entity_id, c.day, 'sql' as since, c.reached, date_diff('day', c.day, c.reached_on) as days_taken, p.region, p.channel,
    p.campaign, p.country, p.subdivision, p.city, p.rep, p.team, p.segment, 'unknown' as product,
    'unknown' as opportunity_type
from person_outcomes as c
join people as p on p.person_id = c.person_id
where c.reached_on is not null
union all
select
    poc_id, day, 'executed', 'successful', date_diff('day', day, evaluated_on), region, channel, campaign, country,
    subdivision, city, rep, team, segment, product, opportunity_type
from poc_deals
where day is not null
union all
select
    poc_id, evaluated_on, 'successful', 'won', date_diff('day', evaluated_on, won_on), region, channel, campaign, country,
    subdivision, city, rep, team, segment, product, opportunity_type
from poc_deals
where won_on <= intent_to_buy_by
