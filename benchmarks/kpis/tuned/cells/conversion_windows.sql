select
    kpi, 'value' as statistic, month, null::integer as age, region, null::stage_t as stage, channel, country,
    subdivision, city, null as currency, numerator::double as numerator, n::double as denominator,
    numerator / n as value
from (
    select *, unnest(['mql_to_sql_rate_7', 'mql_to_sql_rate_30', 'mql_to_sql_rate_90']) as kpi,
        unnest([sql_7, sql_30, sql_90]) as numerator
    from cube where stage = 'mql'
)
