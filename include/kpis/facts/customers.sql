-- kind: event
-- needs: opportunities accounts
-- A new customer: the first won deal of type new of an account and all below the same ultimate parent.
select
    cast(closed_at at time zone timezone as date) as day, region, channel, campaign, country, subdivision, city, rep,
    team, segment, product
from first_wins
