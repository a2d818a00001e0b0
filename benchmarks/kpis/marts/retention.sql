with sums as (
    select
        since as month, region, channel, country, subdivision, cast(sum(held_region) as double) as held_region,
        cast(sum(held_company) as double) as held_company, cast(sum(kept_region) as double) as kept_region,
        cast(sum(kept_company) as double) as kept_company, cast(sum(opening_region) as double) as opening_region,
        cast(sum(opening_company) as double) as opening_company
    from account_mrr
    where was_active and plan = 'all' and product = 'all'
    group by grouping sets (
        (since), (since, channel), (since, region), (since, region, channel), (since, region, country),
        (since, region, country, subdivision))
),
moneys as (
    select s.*, r.company_currency as currency, held_company as held, kept_company as kept, opening_company as opening
    from sums as s
    join regions as r on r.region = 'company'
    union all
    select s.*, r.currency, held_region, kept_region, opening_region
    from sums as s
    join regions as r on r.region = s.region
    where r.currency <> r.company_currency
),
ratios as (
    select *, 'nrr' as kpi, held as numerator from moneys
    union all
    select *, 'grr', kept from moneys
),
triangle as (
    select
        cast(date_trunc('month', day) as date) as month, age, region, channel, country,
        cast(count(case when is_active then 1 end) as double) as numerator, cast(count(*) as double) as denominator
    from retained
    join periods as p on p.period_start = cast(date_trunc('month', day) as date)
    where plan = 'all'
    group by grouping sets (
        (month, age), (month, age, channel), (month, age, region), (month, age, region, channel),
        (month, age, region, country))
)
select
    kpi, 'value' as statistic, month, cast(null as integer) as age, region, cast(null as varchar) as stage, channel,
    country, subdivision, cast(null as varchar) as city, currency, numerator, opening as denominator,
    numerator / nullif(opening, 0) as value
from ratios
union all
select
    'cohort_retention_curve', 'value', month, age, region, null, channel, country, null, null, null, numerator,
    denominator, numerator / denominator
from triangle
