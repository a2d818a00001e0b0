select period_id, cell_id, cast(null as currency_name) as currency, case when status not in ('missing', 'null') then numerator end as numerator,
    case when status not in ('missing', 'null') then denominator end as denominator,
    case when status not in ('missing', 'null') then value end as value, status, case when status <> 'missing' then n else 0 end as n
from (
    select c.period_id, c.cell_id, cast(null as decimal(38, 9)) as numerator, cast(null as decimal(38, 9)) as denominator, c.value, c.n,
        cast(case when a.first_day is null or p.period_end not between a.first_day and a.last_day then 'missing'
            when c.value is null then 'null' when date_diff('day', p.period_end, date '2026-10-31') < c.value then 'immature' when p.period_end < p.period_closes then 'partial' else 'ok' end as status_name) as status
    from lasting_time_in_stage as c
    join periods as p on p.period_id = c.period_id
    left join availability as a on a.kpi = 'time_in_stage' and a.region is not distinct from c.region
) as judged
order by period_id, cell_id
