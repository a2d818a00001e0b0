-- What one unit of a currency is worth in each reporting currency, every day: the last rate published at most seven
-- days before, crossed over the euro. A currency is always worth itself.
with
published as (
    select rate_date, quote_currency as currency, max(cast(rate as double)) as per_euro
    from fx_rates
    where base_currency = 'EUR' and rate_type = 'daily_close' and rate > 0
    group by rate_date, quote_currency
),
currencies as (
    select distinct currency from published
),
dated as (
    select
        d.day, c.currency, p.per_euro,
        max(p.rate_date) over (partition by c.currency order by d.day) as rate_date
    from days as d
    cross join currencies as c
    left join published as p on p.rate_date = d.day and p.currency = c.currency
),
daily as (
    select d.day, d.currency, p.per_euro
    from dated as d
    join published as p on p.rate_date = d.rate_date and p.currency = d.currency
    where date_diff('day', d.rate_date, d.day) <= 7 and d.currency <> 'EUR'
    union all
    select day, 'EUR', 1.0 from days
),
reporting as (
    select distinct currency from regions
)
select s.day, s.currency as from_currency, t.currency as to_currency, t.per_euro / s.per_euro as factor
from daily as s
join daily as t on t.day = s.day
join reporting as r on r.currency = t.currency
where s.currency <> t.currency
union all
select d.day, r.currency, r.currency, 1.0
from days as d
cross join reporting as r
