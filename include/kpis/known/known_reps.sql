-- Each rep's name, team and region as known at the cutoff of the region of the earliest version: the last version before
-- it, or the earliest where there is none. A region that is none of the company's (any more) is not said.
with
numbered as (
    select *, row_number() over (partition by rep_id order by updated_at, _source) as nth
    from reps
),
homes as (
    select v.rep_id, r.cutoff
    from numbered as v
    left join regions as h on h.region = v.region
    join regions as r on r.region = coalesce(h.region, 'unassigned')
    where v.nth = 1
),
ranked as (
    select
        v.*,
        row_number() over (
            partition by v.rep_id
            order by
                case when v.updated_at < h.cutoff then 0 else 1 end,
                case when v.updated_at < h.cutoff then v.updated_at end desc,
                v.updated_at, v._source
        ) as rank_known
    from numbered as v
    join homes as h on h.rep_id = v.rep_id
)
select k.rep_id, k.name, k.team, r.region
from ranked as k
left join regions as r on r.region = k.region
where k.rank_known = 1
