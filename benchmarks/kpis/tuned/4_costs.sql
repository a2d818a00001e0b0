-- Spend and selling costs by month and place in both moneys, beside what they bought; a row of each at first, summed in
-- one pass. Amounts of a day, place and currency are added before they are converted.
create temp table spent as
with ads as (
    select
        date as day, currency, coalesce(channel::channel_t, 'unallocated') as channel,
        country::country_t as country, subdivision::subdivision_t as subdivision, sum(spend)::double as amount
    from ad_spend_daily group by all
),
selling as (
    select
        cost_date as day, currency, coalesce(channel::channel_t, 'unallocated') as channel,
        country::country_t as country, subdivision::subdivision_t as subdivision,
        case when stage in ('visitor', 'lead') then 0 when stage = 'mql' then 1 when stage = 'sql' then 2
            when stage in ('sal', 'opportunity') then 4 else 9 end as reach,
        sum(amount)::double as amount
    from sales_costs where acquisition_scope = 'new' group by all
),
amounts as (
    select *, -1 as reach from ads
    union all
    select day, currency, channel, country, subdivision, amount, reach from selling
),
placed as (
    select
        a.*,
        case when a.country is null then 'unallocated' else coalesce(s.region, c.region, 'unassigned') end as region
    from amounts as a
    left join homes as s on s.country::varchar = a.subdivision::varchar
    left join homes as c on c.country = a.country
)
select
    date_trunc('month', p.day)::date as month, r.region, p.channel, coalesce(p.country, 'unallocated') as country,
    coalesce(p.subdivision, 'unallocated') as subdivision, p.reach, sum(p.amount * f.factor) as amount_region,
    sum(p.amount * g.factor) as amount_company
from placed as p
join clocks as r on r.region = p.region
left join fx as f on f.day = p.day and f.from_currency = p.currency and f.to_currency = r.currency
left join fx as g on g.day = p.day and g.from_currency = p.currency and g.to_currency = r.company_currency
group by all;

create temp table customers as
select
    date_trunc('month', (w.won_at at time zone w.zone)::date)::date as month, w.region, w.channel, w.country,
    w.subdivision
from (
    select
        arg_min({region: d.region, channel: d.channel, country: d.country, subdivision: d.subdivision,
            zone: d.timezone, won_at: d.closed_at}, {closed: d.closed_at, id: d.opportunity_id}) as w
    from known_deals as d left join tops as t using (account_id)
    where d.is_won and d.type = 'new'
    group by coalesce(t.top_id, d.account_id)
);

create temp table costs as
with parts as (
    select
        month, region, channel, country, subdivision, amount_region, amount_company, reach, 0 as leads, 0 as mqls,
        0 as sqls, 0 as deals, 0 as customers
    from spent
    union all
    select
        month, region, channel, country, subdivision, null, null, null, case when stage = 'lead' then n else 0 end,
        case when stage = 'mql' then n else 0 end, case when stage = 'sql' then n else 0 end, 0, 0
    from fine where stage in ('lead', 'mql', 'sql')
    union all
    select
        date_trunc('month', d4)::date, region, channel, country, subdivision, null, null, null, 0, 0, 0, count(*), 0
    from deal_ways where type = 'new' group by all
    union all
    select month, region, channel, country, subdivision, null, null, null, 0, 0, 0, 0, count(*) from customers group by all
)
select
    month, region, channel, country, subdivision,
    [sum(amount_region) filter (reach <= 0), sum(amount_region) filter (reach <= 1),
        sum(amount_region) filter (reach <= 2), sum(amount_region) filter (reach <= 4), sum(amount_region)] as in_region,
    [sum(amount_company) filter (reach <= 0), sum(amount_company) filter (reach <= 1),
        sum(amount_company) filter (reach <= 2), sum(amount_company) filter (reach <= 4), sum(amount_company)] as in_company,
    [sum(leads), sum(mqls), sum(sqls), sum(deals), sum(customers)] as bought
from parts join months using (month)
group by grouping sets (
    (month), (month, channel), (month, region), (month, region, channel), (month, region, country),
    (month, region, country, subdivision));
