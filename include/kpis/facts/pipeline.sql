-- kind: snapshot
-- needs: opportunities crm_stage_history
-- An opportunity open at the end of a day that a period ends with: amount and expected close valid then, by the history
-- rows known at the cutoff, at the rate of that day.
with
changes as (
    select o.opportunity_id, 1 as tie, h.valid_from, h.recorded_at, h.stage, h.amount, h.currency,
        h.expected_close_date
    from crm_stage_history as h
    join known_opportunities as o on o.opportunity_id = h.entity_id
    where h.entity_type = 'opportunity' and h.recorded_at < o.cutoff and h.valid_from < o.cutoff
    union all
    select opportunity_id, 0, created_at, created_at, 'opportunity', null, null, null from known_opportunities
    union all
    select opportunity_id, 2, closed_at, closed_at, status, null, null, null
    from known_opportunities
    where closed_at is not null
),
states as (
    select
        c.opportunity_id, c.stage,
        last_value(c.amount ignore nulls) over w as amount,
        last_value(c.currency ignore nulls) over w as currency,
        last_value(c.expected_close_date ignore nulls) over w as expected_close_on,
        max(case when c.amount is not null then 1 else 0 end) over (partition by c.opportunity_id) as has_amounts,
        max(case when c.expected_close_date is not null then 1 else 0 end) over (partition by c.opportunity_id) as has_dates,
        cast(c.valid_from at time zone o.timezone as date) as from_day,
        cast(lead(c.valid_from) over w at time zone o.timezone as date) as to_day
    from changes as c
    join known_opportunities as o on o.opportunity_id = c.opportunity_id
    window w as (partition by c.opportunity_id order by c.valid_from, c.tie, c.recorded_at, c.stage)
),
open_then as (
    select
        d.day, o.*,
        case when s.has_amounts = 1 then s.amount else o.amount end as amount_then,
        coalesce(s.currency, o.currency) as currency_then,
        case when s.has_dates = 1 then s.expected_close_on else o.expected_close_date end as expected_close_on
    from states as s
    join known_opportunities as o on o.opportunity_id = s.opportunity_id
    join snapshot_days as d on d.day >= s.from_day and d.day < coalesce(s.to_day, date '9999-12-31')
    where s.stage not in ('won', 'lost')
)
select
    p.day, p.opportunity_id, p.expected_close_on, p.opportunity_type, p.region, p.channel, p.campaign, p.country, p.subdivision, p.city,
    p.rep, p.team, p.segment, p.product, p.currency_then as currency,
    p.amount_then is not null and (f.factor is null or g.factor is null) as lacks_rate,
    cast(p.amount_then * f.factor as decimal(28, 9)) as amount_region,
    cast(p.amount_then * g.factor as decimal(28, 9)) as amount_company
from open_then as p
join regions as r on r.region = p.region
left join fx as f on f.day = p.day and f.from_currency = p.currency_then and f.to_currency = r.currency
left join fx as g on g.day = p.day and g.from_currency = p.currency_then and g.to_currency = r.company_currency
