-- kind: event
-- needs: pocs
-- key: poc_id
-- A POC, trial or demo, filed under the local date it was executed (`day`): whether it was accomplished, and whether its
-- evaluation was a success with the intention to buy within two calendar months.
with dated as (
    select
        *, cast(executed_at at time zone timezone as date) as day,
        cast(accomplished_at at time zone timezone as date) as accomplished_on,
        cast(evaluated_at at time zone timezone as date) as evaluated_on
    from known_pocs
)
select
    poc_id, person_id, opportunity_id, day, accomplished_on, evaluated_on, intent_to_buy_by,
    accomplished_at is not null as is_accomplished,
    coalesce(
        evaluation_result = 'success' and intent_to_buy_by <= cast(evaluated_on + interval 2 month as date), false
    ) as is_successful,
    cast(round(date_diff('microsecond', started_at, executed_at) * 5 / 432) / 1e9 as decimal(18, 9)) as days, region, channel,
    campaign, country, subdivision, city, rep, team, segment, product, opportunity_type
from dated
