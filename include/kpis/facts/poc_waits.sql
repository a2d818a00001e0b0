-- kind: event
-- needs: pocs
-- key: poc_id
-- A POC, trial or demo that was started, filed under that local date, and the days until it was executed or, while it
-- runs (`is_open`), so far.
select
    p.poc_id, cast(p.started_at at time zone p.timezone as date) as day, p.executed_at is null as is_open,
    cast(round(date_diff('microsecond', p.started_at, coalesce(p.executed_at, p.cutoff)) * 5 / 432) / 1e9 as decimal(18, 9))
        as days,
    p.region, p.channel, p.campaign, p.country, p.subdivision, p.city, p.rep, p.team, p.segment, p.product,
    p.opportunity_type
from known_pocs as p
where p.started_at < p.cutoff
