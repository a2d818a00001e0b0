-- The rows of stage history once, with the numbers of their record and person; then a row a person and a row a deal,
-- the time of each stage in a column of its own. A stage that was passed unseen has the time of the next one seen.
create type stage_t as enum (
    'lead', 'mql', 'sql', 'sal', 'opportunity', 'poc', 'poc_evaluation', 'negotiation', 'won', 'disqualified', 'lost',
    'churned'
);
create temp table lead_moves as
select h.entity_id as lead_id, l.pid, h.stage::stage_t as stage, h.entered_at, h.valid_from
from crm_stage_history as h join lead_records as l on l.lead_id = h.entity_id
where h.entity_type = 'lead' and h.is_stage_change and h.recorded_at < l.cutoff and h.entered_at < l.cutoff;
create temp table deal_moves as
select d.did, d.pid, d.lead_id, h.stage::stage_t as stage, h.entered_at, h.valid_from
from crm_stage_history as h join known_deals as d on d.opportunity_id = h.entity_id
where h.entity_type = 'opportunity' and h.is_stage_change and h.recorded_at < d.cutoff and h.entered_at < d.cutoff
union all
select did, pid, lead_id, 'opportunity'::stage_t, created_at, created_at from known_deals;

create temp table ways as
with seen as (
    select
        pid, min(entered_at) filter (stage = 'mql') as t1, min(entered_at) filter (stage = 'sql') as t2,
        min(entered_at) filter (stage = 'sal') as t3, min(entered_at) filter (stage = 'opportunity') as t4,
        min(entered_at) filter (stage = 'poc') as t5, min(entered_at) filter (stage = 'poc_evaluation') as t6,
        min(entered_at) filter (stage = 'negotiation') as t7, min(entered_at) filter (stage = 'won') as t8
    from (
        select pid, stage, entered_at from lead_moves where stage <> 'lead'
        union all
        select pid, stage, entered_at from deal_moves where pid is not null
    ) group by pid
),
wins as (
    select pid, min(closed_at) as won_at from known_deals where is_won and type = 'new' and pid is not null group by pid
),
timed as (
    select
        p.*, w.won_at, coalesce(w.won_at, s.t8) as i8, coalesce(t7, i8) as i7, coalesce(t6, i7) as i6,
        coalesce(t5, i6) as i5, coalesce(t4, i5) as i4, coalesce(t3, i4) as i3, coalesce(t2, i3) as i2,
        coalesce(t1, i2) as i1
    from people as p left join seen as s using (pid) left join wins as w using (pid)
),
dated as (
    select
        pid, region, channel, country, subdivision, city, timezone,
        (created_at at time zone timezone)::date as d0, (i1 at time zone timezone)::date as d1,
        (i2 at time zone timezone)::date as d2, (i3 at time zone timezone)::date as d3,
        (i4 at time zone timezone)::date as d4, (i5 at time zone timezone)::date as d5,
        (i6 at time zone timezone)::date as d6, (i7 at time zone timezone)::date as d7,
        (won_at at time zone timezone)::date as d8
    from timed
)
select
    *, least(d4, d5, d6, d7, d8) as m3, least(d3, m3) as m2, least(d2, m2) as m1, least(d1, m1) as m0
from dated;

create temp table deal_ways as
with seen as (
    select
        did, min(entered_at) filter (stage = 'poc') as t5, min(entered_at) filter (stage = 'poc_evaluation') as t6,
        min(entered_at) filter (stage = 'negotiation') as t7
    from deal_moves group by did
),
timed as (
    select
        d.*, case when d.is_won then d.closed_at end as i8, coalesce(t7, i8) as i7, coalesce(t6, i7) as i6,
        coalesce(t5, i6) as i5
    from known_deals as d left join seen as s using (did)
),
dated as (
    select
        *, (created_at at time zone timezone)::date as d4, (i5 at time zone timezone)::date as d5,
        (i6 at time zone timezone)::date as d6, (i7 at time zone timezone)::date as d7,
        (i8 at time zone timezone)::date as d8
    from timed
)
select *, d8 as m7, least(d7, m7) as m6, least(d6, m6) as m5, least(d5, m5) as m4 from dated;

-- By the finest cell: entered, moved on within 90 days, and of MQLs those who became SQLs within 7, 30 and 90.
create temp table fine as
with counted as (
    select 'lead'::stage_t as stage, d0 as day, m0 - d0 as taken, null::integer as to_sql, region, channel, country, subdivision, city from ways
    union all
    select 'mql', d1, m1 - d1, d2 - d1, region, channel, country, subdivision, city from ways where d1 is not null
    union all
    select 'sql', d2, m2 - d2, null, region, channel, country, subdivision, city from ways where d2 is not null
    union all
    select 'sal', d3, m3 - d3, null, region, channel, country, subdivision, city from ways where d3 is not null
    union all
    select 'opportunity', d4, m4 - d4, null, region, channel, country, subdivision, city from deal_ways where type <> 'renewal'
    union all
    select 'poc', d5, m5 - d5, null, region, channel, country, subdivision, city from deal_ways where type <> 'renewal' and d5 is not null
    union all
    select 'poc_evaluation', d6, m6 - d6, null, region, channel, country, subdivision, city from deal_ways where type <> 'renewal' and d6 is not null
    union all
    select 'negotiation', d7, m7 - d7, null, region, channel, country, subdivision, city from deal_ways where type <> 'renewal' and d7 is not null
)
select
    stage, date_trunc('month', day)::date as month, region, channel, country, subdivision, city, count(*) as n,
    count(*) filter (taken <= 90) as moved, count(*) filter (to_sql <= 7) as sql_7,
    count(*) filter (to_sql <= 30) as sql_30, count(*) filter (to_sql <= 90) as sql_90
from counted group by all;

create temp table cube as
select
    stage, month, region, channel, country, subdivision, null::city_t as city, sum(n)::bigint as n,
    sum(moved)::bigint as moved, sum(sql_7)::bigint as sql_7, sum(sql_30)::bigint as sql_30,
    sum(sql_90)::bigint as sql_90
from fine join months using (month)
group by grouping sets (
    (stage, month), (stage, month, channel), (stage, month, region), (stage, month, region, channel),
    (stage, month, region, country), (stage, month, region, country, subdivision))
union all
select
    stage, month, region, null, country, subdivision, city, sum(n), sum(moved), sum(sql_7), sum(sql_30), sum(sql_90)
from fine join months using (month) where is_recent
group by stage, month, region, country, subdivision, city;
