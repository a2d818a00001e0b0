select period_id as period_id, cell_id as cell_id, currency as currency, case when status <> 'missing' then numerator end as numerator, case when status <> 'missing' then denominator end as denominator, case when status not in ('missing', 'null', 'target_met') then cast(numerator as double) / cast(denominator as double) end as value, status as status, case when status = 'missing' then 0 else n end as n from (
select c.*, cast(case when a.first_day is null or p.period_end not between a.first_day and a.last_day then 'missing' when numerator is null or coalesce(denominator, 0) = 0 then 'null' when date_diff('day', p.period_end, date '2026-10-31') < 30 then 'immature' when p.period_end < p.period_closes then 'partial' else 'ok' end as status_name) as status
from (
    select c.*, t.currency, cast(cast(case when p0_rows is null then 0 else p0_company end as decimal(38, 9)) as decimal(38, 9)) as numerator,
        cast(cast(case when p1_rows is null then 0 else p1_company end as decimal(38, 9)) as decimal(38, 9)) as denominator, coalesce(p1_company, 0) as n
    from (
    with counted as materialized (select period_id, cell_id, region, sum(p0_region) as p0_region, sum(p0_company) as p0_company, sum(p0_rows) as p0_rows, sum(p1_region) as p1_region, sum(p1_company) as p1_company, sum(p1_rows) as p1_rows
from (select c.period_id, c.cell_id, c.region, nullif(m0_rows, 0) as p0_region, nullif(m0_rows, 0) as p0_company, nullif(m0_rows, 0) as p0_rows, null as p1_region, null as p1_company, null as p1_rows
    from sums_conversions_day_during_0 as c join periods as p on p.period_id = c.period_id
    where (m0_rows > 0) and (period_grain in ('week', 'month', 'quarter') and cut in (0, 4, 1, 5, 9, 25, 65, 128, 256, 512, 132, 260, 516, 129, 257, 513, 133, 261, 517, 137, 265, 521, 153, 281, 537, 193, 321, 577) or is_recent and cut in (57))
union all select c.period_id, c.cell_id, c.region, null as p0_region, null as p0_company, null as p0_rows, nullif(m0_rows, 0) as p1_region, nullif(m0_rows, 0) as p1_company, nullif(m0_rows, 0) as p1_rows
    from sums_stage_entries_day_during_0 as c join periods as p on p.period_id = c.period_id
    where (m0_rows > 0) and (period_grain in ('week', 'month', 'quarter') and cut in (0, 4, 1, 5, 9, 25, 65, 128, 256, 512, 132, 260, 516, 129, 257, 513, 133, 261, 517, 137, 265, 521, 153, 281, 537, 193, 321, 577) or is_recent and cut in (57)))
group by period_id, cell_id, region)
    select * from counted
    union all select p.period_id, s.cell_id, s.region, null, null, null, null, null, null
    from periods as p cross join spine as s
    where p.period_grain in ('week', 'month', 'quarter') and not exists (
        select 1 from counted as c where c.period_id = p.period_id and c.cell_id = s.cell_id)) as c
    cross join (select cast(null as currency_name) as currency, false as is_own) as t) as c
join periods as p on p.period_id = c.period_id
left join availability as a on a.kpi = 'lead_to_mql_rate' and a.region is not distinct from c.region) order by period_id nulls first, cell_id nulls first, currency nulls first
