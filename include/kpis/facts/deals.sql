-- kind: event
-- needs: opportunities
-- key: opportunity_id
-- An opportunity: created on one local date, decided (`day`, `days_taken` later, `days_open` to the second) on another,
-- its amount and total contract value at the rate of the latter. `from_marketing`: came through a marketing channel,
-- inbound or by an event. `shared` is the amount unless it is negative, for then nobody has a share.
with dated as (
    select
        o.*, cast(o.created_at at time zone o.timezone as date) as created_on,
        cast(o.closed_at at time zone o.timezone as date) as day
    from known_opportunities as o
)
select
    d.opportunity_id, d.created_on, d.day, date_diff('day', d.created_on, d.day) as days_taken, d.status, d.opportunity_type,
    coalesce(c.paid, false) as from_ads,
    coalesce(c.marketing, false) or d.origin in ('inbound', 'event') as from_marketing, d.region, d.channel,
    d.campaign, d.country, d.subdivision, d.city, d.rep, d.team, d.segment, d.product, d.currency,
    cast(round(date_diff('microsecond', d.created_at, d.closed_at) * 5 / 432) / 1e9 as decimal(18, 9)) as days_open,
    d.amount is not null and d.day is not null and (f.factor is null or g.factor is null) as lacks_rate,
    cast(d.amount * f.factor as decimal(28, 9)) as amount_region,
    cast(d.amount * g.factor as decimal(28, 9)) as amount_company,
    coalesce(d.amount < 0, false) as is_negative,
    cast(case when d.amount >= 0 then d.amount * f.factor end as decimal(28, 9)) as shared_region,
    cast(case when d.amount >= 0 then d.amount * g.factor end as decimal(28, 9)) as shared_company,
    cast(d.tcv * f.factor as decimal(28, 9)) as tcv_region,
    cast(d.tcv * g.factor as decimal(28, 9)) as tcv_company
from dated as d
join regions as r on r.region = d.region
left join channels as c on c.channel = d.channel
left join fx as f on f.day = d.day and f.from_currency = d.currency and f.to_currency = r.currency
left join fx as g on g.day = d.day and g.from_currency = d.currency and g.to_currency = r.company_currency
