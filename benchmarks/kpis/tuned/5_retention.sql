-- What each payer is worth at the end of each month, in each currency, from the versions of its items; then a row a
-- payer and month for the moves, and one a payer for its cohort.
create temp table payers as
select
    a.account_id, s.account_id as payer_id, s.region, a.is_test or s.is_test as is_test, s.channel, s.country,
    s.subdivision
from known_accounts as a
left join tops as t using (account_id)
left join known_accounts as u on u.account_id = t.top_id
join known_accounts as s on s.account_id = coalesce(u.account_id, a.account_id);

create temp table versions as
with placed as (
    select
        i.item_id, i.valid_from, i.updated_at, p.payer_id, r.region, r.timezone, r.cutoff,
        {status: i.status, quantity: i.quantity::double, price: i.unit_amount::double, currency: i.currency,
            span: i.billing_interval, spans: i.interval_count, off: i.discount_amount::double,
            pct: i.discount_pct::double, until: i.discount_ends_at, is_metered: i.is_metered,
            ends_at: case when i.canceled_at is null or i.canceled_at < r.cutoff then i.cancel_effective_at end} as v
    from subscription_items as i
    left join payers as p using (account_id)
    join clocks as r on r.region = coalesce(p.region, 'unassigned')
    where i.valid_from < r.cutoff and not coalesce(p.is_test, false)
),
known as (
    select item_id, valid_from, any_value(payer_id) as payer_id, any_value(region) as region,
        any_value(timezone) as timezone, arg_max(v, updated_at) as v
    from placed where updated_at < cutoff group by item_id, valid_from
),
unstamped as (
    select * from placed where item_id not in (select item_id from known)
    qualify row_number() over (partition by item_id order by updated_at, valid_from) = 1
),
together as (
    from known union all select item_id, valid_from, payer_id, region, timezone, v from unstamped
)
select
    item_id, valid_from, payer_id, region, timezone, unnest(v),
    lead(valid_from) over (partition by item_id order by valid_from) as valid_to
from together;

create temp table worth as
with states as (
    select
        *, least(valid_to, case when ends_at > valid_from then ends_at end) as stops_at, quantity * price as gross,
        gross * (1 - coalesce(pct, 0) / 100) - coalesce(off, 0) as discounted,
        coalesce(spans, 1) * case span when 'year' then 12.0 when 'quarter' then 3.0 when 'month' then 1.0
            when 'week' then 12.0 / 52 else 12.0 / 365 end as divisor
    from versions where status in ('active', 'past_due') and not is_metered
),
parts as (
    select
        *, valid_from as from_stamp, least(stops_at, case when until > valid_from then until end) as to_stamp,
        case when until <= valid_from then gross else discounted end as net
    from states
    union all
    select *, until, stops_at, gross from states where until > valid_from and (stops_at is null or stops_at > until)
)
select
    payer_id, region, currency, (from_stamp at time zone timezone)::date as from_day,
    coalesce((to_stamp at time zone timezone)::date, date '9999-12-31') as to_day, round(net / divisor, 9) as mrr
from parts where net > 0;

-- Month ends by number: an item stands at those from the first not before it begins to the last before it stops.
create temp table ends as
select row_number() over (order by month) as number, month, month_end from months
union all
select 0, null, (select min(month) - 1 from months);
create temp table standing as
select payer_id, region, currency, number, sum(mrr) as mrr
from (
    select payer_id, region, currency, mrr, unnest(generate_series(
        greatest(date_diff('month', getvariable('first_month'), from_day) + 1
            - case when from_day < getvariable('first_month') then 1 else 0 end, 0),
        least(date_diff('month', getvariable('first_month'), to_day), getvariable('last_number')))) as number
    from worth where to_day > from_day
)
group by all;

create temp table firsts as
select w.payer_id, min(w.from_day) as first_day, any_value(w.region) as region
from worth as w where w.to_day > w.from_day group by w.payer_id;
create temp table customers_of as
select
    f.payer_id, f.first_day, f.region, coalesce(p.channel, 'unknown') as channel,
    coalesce(p.country, 'unknown') as country, coalesce(p.subdivision, 'unknown') as subdivision
from firsts as f
left join (select distinct on (payer_id) payer_id, channel, country, subdivision from payers) as p using (payer_id);

create temp table moves as
with by_currency as (
    select
        s.payer_id, s.number + 1 as number, s.mrr * f.factor as opening_region, s.mrr * h.factor as opening_company,
        coalesce(c.mrr, 0) * f.factor as held_region, coalesce(c.mrr, 0) * h.factor as held_company
    from standing as s
    join ends as e on e.number = s.number
    join clocks as r on r.region = s.region
    left join standing as c on c.payer_id = s.payer_id and c.currency = s.currency and c.number = s.number + 1
    left join fx as f on f.day = e.month_end and f.from_currency = s.currency and f.to_currency = r.currency
    left join fx as h on h.day = e.month_end and h.from_currency = s.currency and h.to_currency = r.company_currency
    where s.number < getvariable('last_number')
    union all
    select
        c.payer_id, c.number, 0 * f.factor, 0 * h.factor, c.mrr * f.factor, c.mrr * h.factor
    from standing as c
    join ends as e on e.number = c.number - 1
    join clocks as r on r.region = c.region
    left join fx as f on f.day = e.month_end and f.from_currency = c.currency and f.to_currency = r.currency
    left join fx as h on h.day = e.month_end and h.from_currency = c.currency and h.to_currency = r.company_currency
    where not exists (
        select 1 from standing as s
        where s.payer_id = c.payer_id and s.currency = c.currency and s.number = c.number - 1)
      and exists (select 1 from standing as s where s.payer_id = c.payer_id and s.number = c.number - 1)
),
by_payer as (
    select
        payer_id, number, sum(opening_region) as opening_region, sum(opening_company) as opening_company,
        sum(held_region) as held_region, sum(held_company) as held_company
    from by_currency group by payer_id, number
)
select
    e.month, c.region, c.channel, c.country, c.subdivision, sum(opening_region) as opening_region,
    sum(opening_company) as opening_company, sum(held_region) as held_region, sum(held_company) as held_company,
    sum(least(held_region, opening_region)) as kept_region, sum(least(held_company, opening_company)) as kept_company
from by_payer join ends as e using (number) join customers_of as c using (payer_id)
group by all;

create temp table retention as
select
    month, region, channel, country, subdivision, [sum(held_region), sum(kept_region)] as in_region,
    [sum(held_company), sum(kept_company)] as in_company, sum(opening_region) as of_region,
    sum(opening_company) as of_company
from moves
group by grouping sets (
    (month), (month, channel), (month, region), (month, region, channel), (month, region, country),
    (month, region, country, subdivision));

create temp table triangle as
with present as (
    select distinct payer_id, number from standing
),
grown as (
    select date_trunc('month', first_day)::date as month, region, channel, country, payer_id from customers_of
    where first_day >= getvariable('first_month')
),
starts as (
    select month, region, channel, country, count(*) as n from grown group by all
),
alive as (
    select g.month, e.number, g.region, g.channel, g.country, count(*) as n
    from grown as g join present as e using (payer_id) join ends as m on m.number = e.number
    where m.month >= g.month group by all
),
both_parts as (
    select s.month, e.number, s.region, s.channel, s.country, s.n, coalesce(a.n, 0) as alive
    from starts as s
    join ends as e on e.month >= s.month
    left join alive as a on a.month = s.month and a.number = e.number and a.region = s.region
        and a.channel = s.channel and a.country = s.country
)
select
    b.month, date_diff('month', b.month, e.month) as age, region, channel, country, sum(alive)::bigint as numerator,
    sum(b.n)::bigint as denominator
from both_parts as b join ends as e on e.number = b.number
group by grouping sets (
    (b.month, e.month), (b.month, e.month, channel), (b.month, e.month, region), (b.month, e.month, region, channel),
    (b.month, e.month, region, country));
