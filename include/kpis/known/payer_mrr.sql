-- What a payer is worth a month in each currency, from the end of one day to before that of another, and the first day
-- it was worth anything.
with
changes as (
    select payer_id, region, currency, day, sum(change) as change
    from (
        select payer_id, region, currency, from_day as day, mrr as change from item_mrr
        union all
        select payer_id, region, currency, to_day, -mrr from item_mrr where to_day is not null
    )
    group by payer_id, region, currency, day
    having sum(change) <> 0
),
steps as (
    select
        payer_id, region, currency, day as from_day, lead(day) over w as to_day, sum(change) over w as mrr
    from changes
    window w as (partition by payer_id, region, currency order by day)
)
select
    payer_id, region, currency, from_day, coalesce(to_day, date '9999-12-31') as to_day, cast(mrr as decimal(28, 9)) as mrr,
    min(from_day) over (partition by payer_id) as first_day
from steps
where mrr > 0
