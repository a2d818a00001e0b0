-- Where a rep works: the landed region, and in it the country most of the rep's people are in. Where the CRM names no
-- region, it is that of most of those people.
with
clients as (
    select rep, region, country, count(*) as n
    from people
    where country <> 'unknown'
    group by rep, region, country
),
ranked as (
    select
        k.rep_id, k.team, k.region as landed_region, c.region, c.country,
        row_number() over (
            partition by k.rep_id
            order by case when c.region = k.region then 0 else 1 end, c.n desc, c.region, c.country
        ) as nth
    from known_reps as k
    left join clients as c on c.rep = k.rep_id
)
select
    h.rep_id, coalesce(h.team, 'unknown') as team, r.region, r.timezone, r.cutoff,
    case when h.region = r.region then h.country else 'unallocated' end as country
from ranked as h
join regions as r on r.region = coalesce(h.landed_region, h.region, 'unassigned')
where h.nth = 1
