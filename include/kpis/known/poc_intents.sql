-- The day by which a POC's buyer means to buy, as it stood from the end of one local day to before that of another: by
-- versions known at the cutoff; the first version speaks from the evaluation on, where that was before it was stamped.
with
stamped as (
    select
        v.poc_id, p.person_id, p.opportunity_id, p.timezone, p.cutoff, v.intent_to_buy_by, v._source,
        case
            when row_number() over (partition by v.poc_id order by v.updated_at, v._source) = 1
                then least(v.updated_at, coalesce(v.evaluated_at, v.updated_at))
            else v.updated_at
        end as stamp
    from pocs as v
    join known_pocs as p on p.poc_id = v.poc_id
),
known as (
    select * from stamped where stamp < cutoff
)
select
    poc_id, person_id, opportunity_id, intent_to_buy_by, cast(stamp at time zone timezone as date) as from_day,
    coalesce(cast(lead(stamp) over (partition by poc_id order by stamp, _source) at time zone timezone as date),
        date '9999-12-31') as to_day
from known
