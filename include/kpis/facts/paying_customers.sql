-- kind: event
-- needs: billing_lines opportunities leads activities
-- key: opportunity_id
-- A new customer on the day of the first payment, with the days since the first contact.
select
    o.opportunity_id, cast(b.paid_at at time zone o.timezone as date) as day,
    cast(round(date_diff('microsecond', f.contacted_at, b.paid_at) * 5 / 432) / 1e9 as decimal(18, 9)) as days,
    o.opportunity_type, o.region, o.channel, o.campaign, o.country, o.subdivision, o.rep, o.team, o.segment, o.product
from first_wins as o
join first_contacts as f on f.opportunity_id = o.opportunity_id
left join payers as p on p.account_id = o.account_id
join first_payments as b on b.payer_id = coalesce(p.payer_id, o.account_id)
