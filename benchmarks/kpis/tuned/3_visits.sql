-- Visits that ended, by the day of their end. A lead's visits end where its deal moves, too; its creation is a move, and
-- a row of history that says no more than that is left out. One window finds the ends; the few records that say a stage
-- twice in a row are done again. A deal that is closed has left its stage, whatever its history says.
create temp table lead_numbers as
select row_number() over ()::integer as record, l.lead_id, r.pid, l.created_at, l.is_test
from known_leads as l join lead_records as r using (lead_id);

create temp table timeline as
select n.record, m.pid, 'lead' as entity, m.stage, m.entered_at, m.valid_from
from lead_moves as m join lead_numbers as n using (lead_id)
where not (m.stage = 'lead' and m.entered_at = n.created_at and m.valid_from = n.created_at and not n.is_test)
union all
select record, pid, 'lead', 'lead'::stage_t, created_at, created_at from lead_numbers where not is_test
union all
select n.record, m.pid, 'lead', m.stage, m.entered_at, m.valid_from
from deal_moves as m join lead_numbers as n using (lead_id) where m.pid is not null
union all
select -did, did, 'deal', stage, entered_at, valid_from from deal_moves as m
where not (stage = 'opportunity' and exists (
    select 1 from known_deals as d where d.did = m.did and d.created_at = m.entered_at and d.created_at = m.valid_from))
union all
select -did, did, 'deal', 'opportunity'::stage_t, created_at, created_at from known_deals;

create temp table ordered as
select
    *, lag(stage) over w = stage as again, lead(entered_at) over w as exited_at
from timeline
window w as (
    partition by record order by valid_from,
    case when stage in ('disqualified', 'lost', 'churned') then -100 else enum_code(stage) end, entered_at);

create temp table repeated as select distinct record from ordered where again;

create temp table visits as
select record, pid, entity, stage, entered_at, exited_at from ordered
where record not in (from repeated)
union all
select record, pid, entity, stage, entered_at, lead(entered_at) over (partition by record order by valid_from, number)
from (
    select
        *, case when stage in ('disqualified', 'lost', 'churned') then -100 else enum_code(stage) end as number
    from ordered where record in (from repeated)
)
where again is distinct from true;

create temp table ended as
select
    v.stage, date_trunc('month', (v.exited_at at time zone p.timezone)::date)::date as month,
    round((epoch_us(v.exited_at) - epoch_us(v.entered_at)) / 86400000000.0, 9) as days,
    p.region, p.channel, p.country, p.subdivision
from visits as v join people as p on p.pid = v.pid
where v.entity = 'lead' and v.exited_at is not null and v.stage < 'opportunity'::stage_t
union all
select
    v.stage, date_trunc('month', (v.left_at at time zone v.timezone)::date)::date,
    round((epoch_us(v.left_at) - epoch_us(v.entered_at)) / 86400000000.0, 9), v.region, v.channel, v.country,
    v.subdivision
from (
    select
        d.* exclude (pid), v.stage, v.entered_at,
        coalesce(v.exited_at, case when v.stage < 'won'::stage_t and d.closed_at >= v.entered_at then d.closed_at end)
            as left_at
    from visits as v join known_deals as d on d.did = v.pid
    where v.entity = 'deal' and v.stage between 'opportunity'::stage_t and 'won'::stage_t
) as v
where v.left_at is not null;

create temp table dwell as
select
    stage, month, region, channel, country, subdivision, sum(days) as numerator, count(*) as denominator,
    quantile_cont(days, [0.5, 0.9]) as levels
from ended join months using (month)
where days >= 0
group by grouping sets (
    (stage, month), (stage, month, channel), (stage, month, region), (stage, month, region, channel),
    (stage, month, region, country), (stage, month, region, country, subdivision));
