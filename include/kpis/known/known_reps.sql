-- Each rep's name, team and region as known at the cutoff of the region of the earliest version: the last version before
-- it, or the earliest where there is none. A region that is none of the company's (any more) is not said.
with
numbered as (
    select
        *, row_number() over (partition by rep_id order by updated_at, _source) as nth,
        lead(updated_at) over (partition by rep_id order by updated_at, _source) as next_at
    from reps
),
homes as (
    select v.rep_id, r.cutoff
    from numbered as v
    left join regions as h on h.region = v.region
    join regions as r on r.region = coalesce(h.region, 'unassigned')
    where v.nth = 1
)
select k.rep_id, k.name, k.team, r.region
from numbered as k
join homes as h on h.rep_id = k.rep_id
left join regions as r on r.region = k.region
where case when k.updated_at < h.cutoff then k.next_at is null or k.next_at >= h.cutoff else k.nth = 1 end
