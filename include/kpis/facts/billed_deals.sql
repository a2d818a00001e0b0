-- kind: between
-- needs: opportunities billing_lines
-- key: since day payer_id
-- An account's deals won in a period (renewals are not) that billing knows, and by how much their amounts and what was
-- billed for their first year differ: the first invoice's recurring lines without prorations, by the years they cover.
-- Each at the rate of its own day. An account stands in one cell, its own, with the rep and product of its last deal of
-- the period, so that its deals net out there and nowhere else. A deal of no account stands for
-- itself, where its lead is.
with
first_invoices as (
    select opportunity_id, min_by(doc_id, (issued_at, doc_id)) as doc_id
    from known_lines
    where opportunity_id is not null and doc_type = 'invoice' and is_recurring and not is_proration
    group by opportunity_id
),
billed as (
    select
        l.opportunity_id, l.day, l.currency,
        sum(l.amount_net * case
            when date_diff('day', l.service_period_start, l.service_period_end) >= 26
                then 12.0 / round(date_diff('day', l.service_period_start, l.service_period_end) / 30.4375)
            else 365.0 / greatest(date_diff('day', l.service_period_start, l.service_period_end), 1)
        end) as amount
    from known_lines as l
    join first_invoices as i on i.opportunity_id = l.opportunity_id and i.doc_id = l.doc_id
    where l.is_recurring and not l.is_proration
    group by l.opportunity_id, l.day, l.currency
),
valued as (
    select
        coalesce(p.payer_id, d.account_id, 'deal ' || d.opportunity_id) as payer_id,
        cast(d.closed_at at time zone d.timezone as date) as day, r.region,
        case when d.account_id is null then d.channel else coalesce(a.channel, 'unknown') end as channel,
        case when d.account_id is null then d.country else coalesce(a.country, 'unknown') end as country,
        case when d.account_id is null then d.subdivision else coalesce(a.subdivision, 'unknown') end as subdivision,
        case when d.account_id is null then d.segment else coalesce(a.segment, 'unknown') end as segment, d.rep, d.team,
        d.product, d.closed_at, d.opportunity_id,
        cast(d.amount * f.factor as decimal(28, 9)) as booked_region,
        cast(d.amount * g.factor as decimal(28, 9)) as booked_company,
        cast(b.amount * h.factor as decimal(28, 9)) as billed_region,
        cast(b.amount * k.factor as decimal(28, 9)) as billed_company
    from known_opportunities as d
    join billed as b on b.opportunity_id = d.opportunity_id
    left join payers as p on p.account_id = d.account_id
    left join known_accounts as a on a.account_id = p.payer_id
    join regions as r
        on r.region = case when d.account_id is null then d.region else coalesce(p.region, 'unassigned') end
    left join fx as f on f.day = cast(d.closed_at at time zone d.timezone as date)
        and f.from_currency = d.currency and f.to_currency = r.currency
    left join fx as g on g.day = cast(d.closed_at at time zone d.timezone as date)
        and g.from_currency = d.currency and g.to_currency = r.company_currency
    left join fx as h on h.day = b.day and h.from_currency = b.currency and h.to_currency = r.currency
    left join fx as k on k.day = b.day and k.from_currency = b.currency and k.to_currency = r.company_currency
    where d.status = 'won' and d.opportunity_type <> 'renewal'
),
pairs as (
    select distinct period_start as since, period_end as day from periods
),
within as (
    select
        p.since, p.day as until_day, v.*,
        row_number() over (partition by p.since, p.day, v.payer_id order by v.closed_at desc, v.opportunity_id) as nth
    from valued as v
    join pairs as p on v.day between p.since and p.day
)
select
    since, until_day as day, payer_id, region, channel, country, subdivision, segment,
    max(case when nth = 1 then rep end) as rep, max(case when nth = 1 then team end) as team,
    max(case when nth = 1 then product end) as product,
    sum(case when billed_region is not null then booked_region end) as amount_region,
    sum(case when billed_company is not null then booked_company end) as amount_company,
    abs(sum(booked_region - billed_region)) as gap_region,
    abs(sum(booked_company - billed_company)) as gap_company
from within
group by since, until_day, payer_id, region, channel, country, subdivision, segment
