-- Each merged lead and the survivor at the end of its chain.
with recursive follow as (
    select lead_id, merged_into_lead_id as survivor_id, 1 as steps
    from known_leads
    where merged_into_lead_id is not null and merged_into_lead_id <> lead_id
    union all
    select f.lead_id, l.merged_into_lead_id, f.steps + 1
    from follow as f
    join known_leads as l on l.lead_id = f.survivor_id
    where l.merged_into_lead_id is not null and l.merged_into_lead_id <> l.lead_id and f.steps < 20
)
select lead_id, max_by(survivor_id, steps) as survivor_id
from follow
group by lead_id
