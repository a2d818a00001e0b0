select period_id as period_id, cell_id as cell_id, currency as currency, case when status <> 'missing' then numerator end as numerator, case when status <> 'missing' then denominator end as denominator, case when status not in ('missing', 'null', 'target_met') then cast(numerator as double) / cast(denominator as double) end as value, status as status, case when status = 'missing' then 0 else n end as n from (
select c.*, cast(case when a.first_day is null or p.period_end not between a.first_day and a.last_day then 'missing' when numerator is null or coalesce(denominator, 0) = 0 then 'null' when p.period_end < p.period_closes then 'partial' else 'ok' end as status_name) as status
from (
    select c.*, t.currency, cast(cast(case when p0_rows is null then 0 else p0_company end as decimal(38, 9)) as decimal(38, 9)) as numerator,
        cast(cast(case when p1_rows is null then 0 else p1_company end as decimal(38, 9)) as decimal(38, 9)) as denominator, coalesce(p1_company, 0) as n
    from (
    with counted as materialized (select c.period_id, c.cell_id, c.region, m0_value as p0_region, m0_value as p0_company, nullif(m0_rows, 0) as p0_rows, nullif(m1_rows, 0) as p1_region, nullif(m1_rows, 0) as p1_company, nullif(m1_rows, 0) as p1_rows
    from sums_stage_visits_day_during_0 as c join periods as p on p.period_id = c.period_id
    where (m0_rows > 0 or m1_rows > 0) and (period_grain in ('week', 'month', 'quarter') and cut in (2, 6, 3, 7, 11, 27, 67, 130, 258, 514, 1026, 2050, 134, 262, 518, 1030, 2054, 131, 259, 515, 1027, 2051, 135, 263, 519, 1031, 2055, 139, 267, 523, 1035, 2059, 155, 283, 539, 1051, 2075, 195, 323, 579, 1091, 2115)))
    select * from counted
    union all select p.period_id, s.cell_id, s.region, null, null, null, null, null, null
    from periods as p cross join spine as s
    where p.period_grain in ('week', 'month', 'quarter') and not exists (
        select 1 from counted as c where c.period_id = p.period_id and c.cell_id = s.cell_id)) as c
    cross join (select cast(null as currency_name) as currency, false as is_own) as t) as c
join periods as p on p.period_id = c.period_id
left join availability as a on a.kpi = 'time_in_stage' and a.region is not distinct from c.region) order by period_id nulls first, cell_id nulls first, currency nulls first
