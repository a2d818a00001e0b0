-- Accounts, leads and deals as known at each region's cutoff. Versions older than the earliest cutoff are judged in one
-- pass without knowing the region; only what is younger is joined with it. Dimensions are enumerations.
set variable safe = (select min(cutoff) from regions);
set variable first_month = (select min(period_start) from periods);
set variable last_number = (select count(*) from periods);
create temp table months as select period_start as month, period_end as month_end, is_recent from periods;
create type channel_t as enum (
    select distinct name from (
        select channel as name from leads union all select channel from accounts union all
        select channel from ad_spend_daily union all select channel from sales_costs union all
        select unnest(['unknown', 'unallocated'])
    ) where name is not null order by name
);
create type region_t as enum (select region from regions order by region);
create type country_t as enum (
    select distinct name from (
        select country as name from leads union all select country from accounts union all
        select country from ad_spend_daily union all select country from sales_costs union all
        select unnest(['unknown', 'unallocated'])
    ) where name is not null order by name
);
create type subdivision_t as enum (
    select distinct name from (
        select subdivision as name from leads union all select subdivision from accounts union all
        select subdivision from ad_spend_daily union all select subdivision from sales_costs union all
        select unnest(['unknown', 'unallocated'])
    ) where name is not null order by name
);
create type city_t as enum (
    select distinct name from (
        select city as name from leads union all select city from accounts union all select 'unknown'
    ) where name is not null order by name
);
create temp table clocks as select region::region_t as region, timezone, cutoff, currency, company_currency from regions;
create temp table homes as select place::country_t as country, region::region_t as region from places;

create temp table fx as
with published as (
    select rate_date, quote_currency as currency, max(rate::double) as per_euro
    from fx_rates where base_currency = 'EUR' and rate_type = 'daily_close' and rate > 0 group by all
),
lasting as (
    select *, least(lead(rate_date, 1, date '2100-01-01') over (partition by currency order by rate_date), rate_date + 8) as ends
    from published
),
daily as (
    select currency, unnest(generate_series(rate_date, ends - 1, interval 1 day))::date as day, per_euro from lasting
    union all
    select 'EUR', unnest(generate_series(min(rate_date), max(rate_date) + 7, interval 1 day))::date, 1.0 from published
)
select s.day, s.currency as from_currency, t.currency as to_currency, t.per_euro / s.per_euro as factor
from daily as s join daily as t on t.day = s.day
where t.currency in (select currency from regions);

create temp table known_accounts as
with grouped as (
    select
        account_id,
        arg_min({channel: channel::channel_t, country: country::country_t, subdivision: subdivision::subdivision_t,
            city: city::city_t, created_at: created_at}, updated_at) as f,
        arg_min({is_test: is_test, parent_id: parent_account_id}, updated_at) as eldest,
        arg_max({is_test: is_test, parent_id: parent_account_id}, updated_at)
            filter (updated_at < getvariable('safe')) as last
    from accounts group by account_id
),
placed as (
    select g.*, coalesce(s.region, c.region, 'unassigned') as region
    from grouped as g
    left join homes as s on s.country::varchar = g.f.subdivision::varchar
    left join homes as c on c.country = g.f.country
),
young as (
    select a.account_id, arg_max({is_test: a.is_test, parent_id: a.parent_account_id}, a.updated_at) as last
    from accounts as a
    join placed as p using (account_id)
    join clocks as r on r.region = p.region
    where a.updated_at >= getvariable('safe') and a.updated_at < r.cutoff
    group by a.account_id
)
select p.account_id, p.region, unnest(p.f), unnest(coalesce(y.last, p.last, p.eldest))
from placed as p
join clocks as r on r.region = p.region
left join young as y using (account_id)
where p.f.created_at < r.cutoff;

create temp table tops as
with recursive climb as (
    select account_id, parent_id, 1 as steps from known_accounts where parent_id is not null
    union all
    select c.account_id, a.parent_id, c.steps + 1
    from climb as c join known_accounts as a on a.account_id = c.parent_id
    where a.parent_id is not null and c.steps < 20
)
select account_id, arg_max(parent_id, steps) as top_id from climb group by account_id;

create temp table known_leads as
with grouped as (
    select
        lead_id,
        arg_min({channel: channel::channel_t, country: country::country_t, subdivision: subdivision::subdivision_t,
            city: city::city_t, created_at: created_at}, updated_at) as f,
        arg_min({account_id: account_id, is_test: is_test, deleted_at: deleted_at, into_id: merged_into_lead_id,
            merged_at: merged_at}, updated_at) as eldest,
        arg_max({account_id: account_id, is_test: is_test, deleted_at: deleted_at, into_id: merged_into_lead_id,
            merged_at: merged_at}, updated_at) filter (updated_at < getvariable('safe')) as last
    from leads group by lead_id
),
placed as (
    select g.*, coalesce(s.region, c.region, 'unassigned') as region
    from grouped as g
    left join homes as s on s.country::varchar = g.f.subdivision::varchar
    left join homes as c on c.country = g.f.country
),
young as (
    select
        l.lead_id, arg_max({account_id: l.account_id, is_test: l.is_test, deleted_at: l.deleted_at,
            into_id: l.merged_into_lead_id, merged_at: l.merged_at}, l.updated_at) as last
    from leads as l
    join placed as p using (lead_id)
    join clocks as r on r.region = p.region
    where l.updated_at >= getvariable('safe') and l.updated_at < r.cutoff
    group by l.lead_id
),
known as (
    select p.lead_id, p.region, r.cutoff, unnest(p.f), unnest(coalesce(y.last, p.last, p.eldest))
    from placed as p
    join clocks as r on r.region = p.region
    left join young as y using (lead_id)
    where p.f.created_at < r.cutoff
)
select
    k.lead_id, k.created_at, k.region, k.channel, k.country, k.subdivision, k.city,
    k.is_test or coalesce(a.is_test, false) as is_test, coalesce(k.deleted_at < k.cutoff, false) as is_deleted,
    case when k.merged_at is null or k.merged_at < k.cutoff then k.into_id end as into_id
from known as k left join known_accounts as a using (account_id);

create temp table merges as
with recursive follow as (
    select lead_id, into_id as survivor_id, 1 as steps from known_leads where into_id is not null and into_id <> lead_id
    union all
    select f.lead_id, l.into_id, f.steps + 1
    from follow as f join known_leads as l on l.lead_id = f.survivor_id
    where l.into_id is not null and l.into_id <> l.lead_id and f.steps < 20
)
select lead_id, arg_max(survivor_id, steps) as survivor_id from follow group by lead_id;

create temp table people as
with alone as (
    select l.* from known_leads as l
    where not is_test and not is_deleted
      and not exists (select 1 from merges as m where m.lead_id = l.lead_id)
      and not exists (select 1 from merges as m where m.survivor_id = l.lead_id)
),
records as (
    select m.survivor_id as person_id, l.* from merges as m join known_leads as l using (lead_id)
    union all
    select l.lead_id, l.* from known_leads as l where l.lead_id in (select survivor_id from merges)
),
together as (
    select r.* from records as r left join known_leads as s on s.lead_id = r.person_id
    where not r.is_test and not coalesce(s.is_deleted, false) and not coalesce(s.is_test, false)
    qualify row_number() over (partition by r.person_id order by r.created_at, r.lead_id) = 1
),
everybody as (
    select lead_id as person_id, created_at, region, channel, country, subdivision, city from alone
    union all
    select person_id, created_at, region, channel, country, subdivision, city from together
)
select
    row_number() over ()::integer as pid, e.person_id, e.created_at, e.region, coalesce(e.channel, 'unknown') as channel,
    coalesce(e.country, 'unknown') as country, coalesce(e.subdivision, 'unknown') as subdivision,
    coalesce(e.city, 'unknown') as city, r.timezone, r.cutoff
from everybody as e join clocks as r on r.region = e.region;

create temp table lead_records as
select person_id as lead_id, pid, cutoff from people
union all
select m.lead_id, p.pid, p.cutoff from merges as m join people as p on p.person_id = m.survivor_id;

create temp table known_deals as
with grouped as (
    select
        opportunity_id, min(created_at) as created_at, arg_min({id: account_id}, updated_at).id as first_account_id,
        arg_min(primary_lead_id, updated_at) as lead_id,
        arg_min({account_id: account_id, type: type, status: status, closed_at: closed_at, is_test: is_test,
            deleted_at: deleted_at}, updated_at) as eldest,
        arg_max({account_id: account_id, type: type, status: status, closed_at: closed_at, is_test: is_test,
            deleted_at: deleted_at}, updated_at) filter (updated_at < getvariable('safe')) as last
    from opportunities group by opportunity_id
),
placed as (
    select
        g.*, p.pid, coalesce(l.is_test, false) as has_test_lead,
        coalesce(p.region, l.region, a.region, 'unassigned') as region,
        coalesce(p.channel, l.channel, a.channel, 'unknown') as channel,
        coalesce(case when l.lead_id is null then a.country else coalesce(p.country, l.country) end, 'unknown') as country,
        coalesce(case when l.lead_id is null then a.subdivision else coalesce(p.subdivision, l.subdivision) end, 'unknown')
            as subdivision,
        coalesce(case when l.lead_id is null then a.city else coalesce(p.city, l.city) end, 'unknown') as city
    from grouped as g
    left join known_leads as l on l.lead_id = g.lead_id
    left join merges as m on m.lead_id = g.lead_id
    left join people as p on p.person_id = coalesce(m.survivor_id, g.lead_id)
    left join known_accounts as a on a.account_id = g.first_account_id
),
young as (
    select
        o.opportunity_id, arg_max({account_id: o.account_id, type: o.type, status: o.status, closed_at: o.closed_at,
            is_test: o.is_test, deleted_at: o.deleted_at}, o.updated_at) as last
    from opportunities as o
    join placed as p using (opportunity_id)
    join clocks as r on r.region = p.region
    where o.updated_at >= getvariable('safe') and o.updated_at < r.cutoff
    group by o.opportunity_id
),
known as (
    select p.*, r.timezone, r.cutoff, unnest(coalesce(y.last, p.last, p.eldest))
    from placed as p
    join clocks as r on r.region = p.region
    left join young as y using (opportunity_id)
    where p.created_at < r.cutoff
)
select
    row_number() over ()::integer as did, k.opportunity_id, k.lead_id, k.pid, k.account_id, k.type, k.created_at,
    k.region, k.channel, k.country, k.subdivision, k.city, k.timezone, k.cutoff,
    case when k.status <> 'open' and k.closed_at < k.cutoff then k.closed_at end as closed_at,
    k.status = 'won' and coalesce(k.closed_at < k.cutoff, false) as is_won
from known as k left join known_accounts as a using (account_id)
where not k.is_test and not coalesce(a.is_test, false) and not k.has_test_lead
  and not coalesce(k.deleted_at < k.cutoff, false);
