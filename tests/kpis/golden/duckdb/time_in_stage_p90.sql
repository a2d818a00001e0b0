select period_id as period_id, cell_id as cell_id, currency as currency, case when status <> 'missing' then null end as numerator, case when status <> 'missing' then null end as denominator, case when status not in ('missing', 'null', 'target_met') then p90 end as value, status as status, case when status = 'missing' then 0 else n end as n from (
select c.*, cast(case when a.first_day is null or p.period_end not between a.first_day and a.last_day then 'missing' when numerator is null or coalesce(denominator, 0) = 0 then 'null' when p.period_end < p.period_closes then 'partial' else 'ok' end as status_name) as status
from (
    select *, cast(null as currency_name) as currency, n as numerator, n as denominator
    from (select c.period_id, c.cell_id, c.region, m0_rows as n, q0 as median, q1 as p90
    from quantiles_stage_visits_day_during_0 as c join periods as p on p.period_id = c.period_id
    where m0_rows > 0 and (period_grain in ('week', 'month', 'quarter') and cut in (2, 6, 3, 7, 11, 27, 67)))) as c
join periods as p on p.period_id = c.period_id
left join availability as a on a.kpi = 'time_in_stage' and a.region is not distinct from c.region) order by period_id nulls first, cell_id nulls first, currency nulls first
