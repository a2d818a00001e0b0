select period_id, age, cell_id, cast(null as currency_name) as currency, case when status not in ('missing', 'null') then numerator end as numerator,
    case when status not in ('missing', 'null') then denominator end as denominator,
    case when status not in ('missing', 'null') then value end as value, status, case when status <> 'missing' then n else 0 end as n
from (
    select c.period_id, c.cell_id, c.age, c.at_risk as numerator, c.n as denominator, c.at_risk / cast(c.n as double) as value, c.n,
        cast(case when a.first_day is null or p.period_end not between a.first_day and a.last_day then 'missing'
            when c.n = 0 then 'null' when date_diff('day', p.period_end, date '2026-10-31') < c.age then 'immature' else 'ok' end as status_name) as status
    from lasting_survival_conversion_curve as c
    join periods as p on p.period_id = c.period_id
    left join availability as a on a.kpi = 'survival_conversion_curve' and a.region is not distinct from c.region
) as judged
order by period_id, age, cell_id
