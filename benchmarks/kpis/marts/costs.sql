with kpis as (
    select * from (values
        ('cost_per_lead', 'lead'), ('cost_per_mql', 'mql'), ('cost_per_sql', 'sql'),
        ('cost_per_opportunity', 'opportunity'), ('cac', 'customer')) as t(kpi, bought)
),
counted as (
    select
        k.kpi, a.day, a.region, a.channel, a.country, a.subdivision, a.amount_region, a.amount_company, 0 as n
    from ad_costs as a
    cross join kpis as k
    union all
    select
        k.kpi, a.day, a.region, a.channel, a.country, a.subdivision, a.amount_region, a.amount_company, 0
    from selling_costs as a
    cross join kpis as k
    where
        a.acquisition_scope = 'new'
        and case k.bought
            when 'lead' then a.to_lead when 'mql' then a.to_mql when 'sql' then a.to_sql
            when 'opportunity' then a.to_opportunity else true
        end
    union all
    select k.kpi, e.day, e.region, e.channel, e.country, e.subdivision, null, null, 1
    from stage_entries as e
    join kpis as k on k.bought = e.stage and k.bought in ('lead', 'mql', 'sql')
    union all
    select 'cost_per_opportunity', created_on, region, channel, country, subdivision, null, null, 1
    from deals
    where opportunity_type = 'new'
    union all
    select 'cac', day, region, channel, country, subdivision, null, null, 1
    from customers
),
sums as (
    select
        kpi, cast(date_trunc('month', day) as date) as month, region, channel, country, subdivision,
        cast(coalesce(sum(amount_region), 0) as double) as amount_region,
        cast(coalesce(sum(amount_company), 0) as double) as amount_company, sum(n) as n
    from counted
    join periods as p on p.period_start = cast(date_trunc('month', day) as date)
    group by grouping sets (
        (kpi, month), (kpi, month, channel), (kpi, month, region), (kpi, month, region, channel),
        (kpi, month, region, country), (kpi, month, region, country, subdivision))
),
moneys as (
    select s.*, r.company_currency as currency, s.amount_company as amount
    from sums as s
    join regions as r on r.region = 'company'
    union all
    select s.*, r.currency, s.amount_region
    from sums as s
    join regions as r on r.region = s.region
    where r.currency <> r.company_currency
)
select
    kpi, 'value' as statistic, month, cast(null as integer) as age, region, cast(null as varchar) as stage, channel,
    country, subdivision, cast(null as varchar) as city, currency, amount as numerator, cast(n as double) as denominator,
    amount / nullif(n, 0) as value
from moneys
