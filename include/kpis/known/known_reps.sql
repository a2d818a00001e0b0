-- Each rep's latest name, team and region.
with numbered as (
    select *, row_number() over (partition by rep_id order by updated_at desc, _source) as nth
    from reps
)
select rep_id, name, team, region
from numbered
where nth = 1
