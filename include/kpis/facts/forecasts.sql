-- kind: between
-- needs: opportunities crm_stage_history
-- key: since day region rep country subdivision team product
-- distinct: country subdivision team product
-- What a rep sold in a month or quarter, and how far that is from what the pipeline promised when it began: amount times
-- probability, as they then stood, of what was then expected to close in it (of a period that runs, by now). Each at the
-- rate of its own day. A rep's deals net out, whatever they are of; so rows of a country, a team, a product are rows of
-- their own, in which the rep's deals of it do.
with
pairs as (
    select distinct period_start as since, period_end as day from periods where period_grain in ('month', 'quarter')
),
frozen as (
    select p.since, p.day, p.since - 1 as rate_day, s.opportunity_id, s.amount * s.probability as amount, s.currency
    from deal_states as s
    join pairs as p on p.since - 1 >= s.from_day and p.since - 1 < s.to_day
    where s.stage not in ('won', 'lost') and s.expected_close_on between p.since and p.day
),
won as (
    select p.since, p.day, cast(o.closed_at at time zone o.timezone as date) as rate_day, o.opportunity_id, o.amount,
        o.currency
    from known_opportunities as o
    join pairs as p on cast(o.closed_at at time zone o.timezone as date) between p.since and p.day
    where o.status = 'won'
),
parts as (
    select *, 0 as is_won from frozen
    union all
    select *, 1 from won
),
valued as (
    select
        p.since, p.day, p.is_won, o.region, o.rep, o.country, o.subdivision, o.team, o.product,
        cast(p.amount * f.factor as decimal(28, 9)) as in_region,
        cast(p.amount * g.factor as decimal(28, 9)) as in_company
    from parts as p
    join known_opportunities as o on o.opportunity_id = p.opportunity_id
    join regions as r on r.region = o.region
    left join fx as f on f.day = p.rate_day and f.from_currency = p.currency and f.to_currency = r.currency
    left join fx as g on g.day = p.rate_day and g.from_currency = p.currency and g.to_currency = r.company_currency
)
select
    since, day, region, rep, coalesce(country, 'all') as country, coalesce(subdivision, 'all') as subdivision,
    coalesce(team, 'all') as team, coalesce(product, 'all') as product,
    sum(is_won * in_region) as actual_region, sum(is_won * in_company) as actual_company,
    abs(sum((2 * is_won - 1) * in_region)) as missed_region, abs(sum((2 * is_won - 1) * in_company)) as missed_company
from valued
group by grouping sets (
    (since, day, region, rep), (since, day, region, rep, team), (since, day, region, rep, product),
    (since, day, region, rep, country), (since, day, region, rep, country, team),
    (since, day, region, rep, country, product), (since, day, region, rep, country, subdivision),
    (since, day, region, rep, country, subdivision, team), (since, day, region, rep, country, subdivision, product)
)
