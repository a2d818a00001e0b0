-- kind: between
-- needs: reps
-- key: since day rep from_day activity_type
-- distinct: activity_type subdivision
-- How much of a period (`since` to `day`) a rep was employed, of 1: joiners and leavers count for the days they were
-- there. The same for every type of activity, and for all of them; a rep works in a country, in no one part of it.
with
numbered as (
    select
        v.rep_id, v.valid_from, h.team, h.region, h.country, h.timezone,
        case when v.valid_to < h.cutoff then v.valid_to end as valid_to,
        row_number() over (
            partition by v.rep_id, v.valid_from
            order by
                case when v.updated_at < h.cutoff then 0 else 1 end,
                case when v.updated_at < h.cutoff then v.updated_at end desc,
                v.updated_at, v._source
        ) as rank_known
    from reps as v
    join rep_homes as h on h.rep_id = v.rep_id
    where v.valid_from < h.cutoff
),
known as (
    select *, lead(valid_from) over (partition by rep_id order by valid_from) as next_from
    from numbered
    where rank_known = 1
),
employed as (
    select
        rep_id, team, region, country, cast(valid_from at time zone timezone as date) as from_day,
        case when next_from is null or valid_to < next_from
            then coalesce(cast((valid_to - interval 1 second) at time zone timezone as date), date '9999-12-31')
            else cast(next_from at time zone timezone as date) - 1
        end as to_day
    from known
),
pairs as (
    select distinct period_start as since, period_end as day from periods
),
kinds as (
    select distinct activity_type from known_activities where activity_type <> 'marketing_email'
    union all
    select 'all'
)
select
    p.since, p.day, e.from_day, e.rep_id as rep, e.team, e.region, e.country, 'all' as subdivision,
    k.activity_type,
    cast(
        (date_diff('day', greatest(e.from_day, p.since), least(e.to_day, p.day)) + 1.0)
        / (date_diff('day', p.since, p.day) + 1) as decimal(18, 9)
    ) as active
from employed as e
join pairs as p on p.since <= e.to_day and p.day >= e.from_day
cross join kinds as k
