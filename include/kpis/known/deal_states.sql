-- What an opportunity was from the end of one day to before that of another, by the history rows known at the cutoff:
-- its stage, and the amount, probability and expected close valid then. An opportunity whose history says none of one
-- of these has it as it is now. What becomes of the customer once the deal is decided does not open it again.
with
changes as (
    select o.opportunity_id, 1 as tie, h.valid_from, h.recorded_at, h.stage, h.amount, h.currency, h.probability,
        h.expected_close_date
    from crm_stage_history as h
    join known_opportunities as o on o.opportunity_id = h.entity_id
    where
        h.entity_type = 'opportunity' and h.recorded_at < o.cutoff and h.valid_from < o.cutoff
        and (o.closed_at is null or h.valid_from < o.closed_at or h.stage not in ('renewal_expansion', 'churned'))
    union all
    select opportunity_id, 0, created_at, created_at, 'opportunity', null, null, null, null from known_opportunities
    union all
    select opportunity_id, 2, closed_at, closed_at, status, null, null, null, null
    from known_opportunities
    where closed_at is not null
),
states as (
    select
        c.opportunity_id, c.stage, o.amount as amount_now, o.currency as currency_now, o.probability as probability_now,
        o.expected_close_date as expected_now,
        last_value(c.amount ignore nulls) over w as amount,
        last_value(c.currency ignore nulls) over w as currency,
        last_value(c.probability ignore nulls) over w as probability,
        last_value(c.expected_close_date ignore nulls) over w as expected_close_on,
        max(case when c.amount is not null then 1 else 0 end) over (partition by c.opportunity_id) as has_amounts,
        max(case when c.probability is not null then 1 else 0 end) over (partition by c.opportunity_id) as has_odds,
        max(case when c.expected_close_date is not null then 1 else 0 end) over (partition by c.opportunity_id) as has_dates,
        cast(c.valid_from at time zone o.timezone as date) as from_day,
        cast(lead(c.valid_from) over w at time zone o.timezone as date) as to_day
    from changes as c
    join known_opportunities as o on o.opportunity_id = c.opportunity_id
    window w as (partition by c.opportunity_id order by c.valid_from, c.tie, c.recorded_at, c.stage)
)
select
    opportunity_id, stage, from_day, coalesce(to_day, date '9999-12-31') as to_day,
    case when has_amounts = 1 then amount else amount_now end as amount, coalesce(currency, currency_now) as currency,
    case when has_odds = 1 then probability else probability_now end as probability,
    case when has_dates = 1 then expected_close_on else expected_now end as expected_close_on
from states
