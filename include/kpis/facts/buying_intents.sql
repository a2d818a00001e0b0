-- kind: snapshot
-- needs: pocs opportunities
-- key: day poc_id
-- A lead at the end of a day that a period ends with: an SQL by then, not won, lost or disqualified, and one of its POCs
-- says that it means to buy between that day and two calendar months later (the soonest counts). A POC without a deal
-- means nothing any more once all the lead's deals are lost, the last of them since it said so.
with
lead_states as (
    select
        m.person_id, m.stage, cast(m.entered_at at time zone p.timezone as date) as from_day,
        cast(lead(m.entered_at) over (partition by m.lead_id order by m.valid_from, m.entered_at)
            at time zone p.timezone as date) as to_day
    from moves as m
    join people as p on p.person_id = m.person_id
    where m.opportunity_id is null and m.lead_id = m.person_id
),
stated as (
    select d.day, i.poc_id, i.person_id, i.opportunity_id, i.from_day, i.intent_to_buy_by
    from poc_intents as i
    join snapshot_days as d on d.day >= i.from_day and d.day < i.to_day
    where i.intent_to_buy_by between d.day and cast(d.day + interval 2 month as date)
),
lost_since as (
    select s.day, s.poc_id
    from stated as s
    join known_opportunities as o on o.person_id = s.person_id and o.opportunity_type <> 'renewal'
    join deal_states as t on t.opportunity_id = o.opportunity_id and t.from_day <= s.day and t.to_day > s.day
    where s.opportunity_id is null
    group by s.day, s.poc_id, s.from_day
    having min(case when t.stage = 'lost' then 1 else 0 end) = 1 and max(t.from_day) >= s.from_day
),
meant as (
    select
        s.day, s.poc_id,
        row_number() over (partition by s.day, s.person_id order by s.intent_to_buy_by, s.poc_id) as nth
    from stated as s
    join entries as q on q.person_id = s.person_id and q.stage = 'sql' and q.day <= s.day
    left join entries as w on w.person_id = s.person_id and w.stage = 'won' and w.day <= s.day
    left join deal_states as o
        on o.opportunity_id = s.opportunity_id and o.from_day <= s.day and o.to_day > s.day
        and o.stage not in ('won', 'lost')
    left join lead_states as x
        on x.person_id = s.person_id and x.stage in ('disqualified', 'lost') and x.from_day <= s.day
        and (x.to_day is null or x.to_day > s.day)
    left join lost_since as l on l.day = s.day and l.poc_id = s.poc_id
    where
        w.person_id is null and x.person_id is null and l.poc_id is null
        and (s.opportunity_id is null or o.opportunity_id is not null)
)
select
    m.day, m.poc_id, p.region, p.channel, p.campaign, p.country, p.subdivision, p.city, p.rep, p.team, p.segment, p.product,
    p.opportunity_type
from meant as m
join known_pocs as p on p.poc_id = m.poc_id
where m.nth = 1
