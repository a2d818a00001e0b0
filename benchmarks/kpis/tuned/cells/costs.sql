with moneys as (
    select c.*, r.company_currency as currency, in_company as amounts
    from costs as c cross join (from clocks where region = 'company') as r
    union all
    select c.*, r.currency, in_region from costs as c join clocks as r on r.region = c.region
    where r.currency <> r.company_currency
),
each_kpi as (
    select
        *, unnest(['cost_per_lead', 'cost_per_mql', 'cost_per_sql', 'cost_per_opportunity', 'cac']) as kpi,
        unnest(amounts) as amount, unnest(bought) as unit
    from moneys
)
select
    kpi, 'value' as statistic, month, null::integer as age, region, null::stage_t as stage, channel, country,
    subdivision, null::city_t as city, currency, coalesce(amount, 0) as numerator, unit::double as denominator,
    coalesce(amount, 0) / nullif(unit, 0) as value
from each_kpi where amount is not null or unit > 0
