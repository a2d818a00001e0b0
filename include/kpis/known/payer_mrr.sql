-- What a payer is worth a month in each currency, from the end of one day to before that of another, and the first day
-- it was worth anything: of all it pays for (plan and product `all`), and, where that is asked for, again of each plan and of each product.
with
scopes as (
    select payer_id, region, currency, 'all' as plan, 'all' as product, from_day, to_day, mrr from item_mrr
    union all
    select i.payer_id, i.region, i.currency, i.plan, 'all', i.from_day, i.to_day, i.mrr
    from item_mrr as i
    join breakdowns as b on b.breakdown = 'plan'
    union all
    select i.payer_id, i.region, i.currency, 'all', i.product, i.from_day, i.to_day, i.mrr
    from item_mrr as i
    join breakdowns as b on b.breakdown = 'product'
),
changes as (
    select payer_id, region, currency, plan, product, day, sum(change) as change
    from (
        select payer_id, region, currency, plan, product, from_day as day, mrr as change from scopes
        union all
        select payer_id, region, currency, plan, product, to_day, -mrr from scopes where to_day is not null
    )
    group by payer_id, region, currency, plan, product, day
    having sum(change) <> 0
),
stretches as (
    select
        payer_id, region, currency, plan, product, day as from_day, lead(day) over w as to_day, sum(change) over w as mrr
    from changes
    window w as (partition by payer_id, region, currency, plan, product order by day)
)
select
    payer_id, region, currency, plan, product, from_day, coalesce(to_day, date '9999-12-31') as to_day,
    cast(mrr as decimal(28, 9)) as mrr, min(from_day) over (partition by payer_id) as first_day
from stretches
where mrr > 0
