with moneys as (
    select r.*, c.company_currency as currency, in_company as kept, of_company as opening
    from retention as r cross join (from clocks where region = 'company') as c
    union all
    select r.*, c.currency, in_region, of_region from retention as r join clocks as c on c.region = r.region
    where c.currency <> c.company_currency
)
select
    unnest(['nrr', 'grr']) as kpi, 'value' as statistic, month, null::integer as age, region, null::stage_t as stage,
    channel, country, subdivision, null::city_t as city, currency, unnest(kept) as numerator, opening as denominator,
    unnest(kept) / nullif(opening, 0) as value
from moneys
union all
select
    'cohort_retention_curve', 'value', month, age, region, null, channel, country, null, null, null, numerator,
    denominator, numerator / denominator
from triangle
