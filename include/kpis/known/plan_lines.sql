-- Targets as written and known at the cutoff, money at the budget rate of their fiscal year. `level` is what they are
-- written for: company, region or rep. A country's is of the region it is in; one of a region that is none of the
-- company's (any more) is `unassigned`.
with
placed as (
    select
        t.*, coalesce(
            case when t.region <> 'company' then coalesce(r.region, 'unassigned') end, p.region,
            case when t.country is not null then coalesce(c.region, 'unassigned') end,
            case when t.rep_id is null then 'company' else 'unassigned' end
        ) as team_region,
        coalesce(t.team, p.team, 'unallocated') as rep_team
    from targets as t
    left join known_reps as p on p.rep_id = t.rep_id
    left join regions as r on r.region = t.region
    left join places as c on c.place = t.country
),
ranked as (
    select
        t.*, r.currency as region_currency, r.company_currency,
        row_number() over (
            partition by
                t.period_start, t.period_end, t.metric, t.team_region, coalesce(t.region, t.team_region), t.country,
                t.rep_id
            order by t.valid_from desc nulls last, t._source
        ) as nth
    from placed as t
    join regions as r on r.region = t.team_region
    where t.valid_from is null or t.valid_from < r.cutoff
),
budget as (
    select rate_date, quote_currency as currency, max(cast(rate as double)) as per_euro
    from fx_rates
    where base_currency = 'EUR' and rate_type = 'budget' and rate > 0
    group by rate_date, quote_currency
    union all
    select distinct rate_date, 'EUR', 1.0 from fx_rates where rate_type = 'budget' and base_currency = 'EUR'
),
dated as (
    select t.*, max(b.rate_date) as fiscal_year
    from (select * from ranked where nth = 1) as t
    left join (select distinct rate_date from budget) as b on b.rate_date <= t.period_start
    group by all
)
select
    t.period_start, t.period_end, t.metric,
    case when t.rep_id is not null then 'rep' when t.team_region = 'company' then 'company' else 'region' end as level,
    t.team_region as region, coalesce(t.country, 'unallocated') as country, coalesce(t.rep_id, 'unallocated') as rep,
    t.rep_team as team, t.currency, t.target_value,
    cast(t.target_value * case
        when t.currency is null or t.currency = t.region_currency then 1.0 else r.per_euro / s.per_euro
    end as decimal(28, 9)) as amount_region,
    cast(t.target_value * case
        when t.currency is null or t.currency = t.company_currency then 1.0 else c.per_euro / s.per_euro
    end as decimal(28, 9)) as amount_company
from dated as t
left join budget as s on s.rate_date = t.fiscal_year and s.currency = t.currency
left join budget as r on r.rate_date = t.fiscal_year and r.currency = t.region_currency
left join budget as c on c.rate_date = t.fiscal_year and c.currency = t.company_currency
