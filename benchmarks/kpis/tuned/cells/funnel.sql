select
    kpi, 'value' as statistic, month, null::integer as age, region, null::stage_t as stage, channel, country,
    subdivision, city, null as currency, n::double as numerator, null::double as denominator, n::double as value
from cube join (values ('leads_created', 'lead'), ('mql_count', 'mql'), ('sql_count', 'sql')) as k(kpi, of) on of = stage
union all
select
    'stage_conversion_rate', 'value', month, null, region, stage, channel, country, subdivision, city, null, moved, n,
    moved / n
from cube
