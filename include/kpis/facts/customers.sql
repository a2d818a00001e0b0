-- kind: event
-- needs: opportunities accounts
-- key: opportunity_id
-- A new customer: the first won deal of type new of an account and all below the same ultimate parent. `from_web`: came
-- through a web channel, in a region whose visitors somebody counts.
with
counted as (
    select distinct region from web_visitors
)
select
    n.opportunity_id, cast(n.closed_at at time zone n.timezone as date) as day,
    coalesce(c.web, false) and v.region is not null as from_web, n.region, n.channel, n.campaign, n.country,
    n.subdivision, n.city, n.rep, n.team, n.segment, n.product
from first_wins as n
left join channels as c on c.channel = n.channel
left join counted as v on v.region = n.region
