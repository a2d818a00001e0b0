-- kind: event
-- needs: sales_costs
-- key: source cost_id
-- One entry of what selling costs, on its date (of a cohort it has taken no days); place, channel and rep are its own,
-- else unallocated. `to_<stage>`: spent on a stage of the funnel up to that one, in the company's order of stages.
with
placed as (
    select distinct
        a.*,
        case when a.country is null then 'unallocated' else coalesce(s.region, c.region, 'unassigned') end as region
    from sales_costs as a
    left join places as s on s.place = a.subdivision
    left join places as c on c.place = a.country
),
ends as (
    select
        max(case when stage = 'lead' then position end) as lead, max(case when stage = 'mql' then position end) as mql,
        max(case when stage = 'sql' then position end) as sql,
        max(case when stage = 'opportunity' then position end) as opportunity,
        max(case when stage = 'poc' then position end) as poc,
        max(case when stage = 'poc_evaluation' then position end) as poc_evaluation,
        coalesce(max(case when stage = 'visitor' then position end), 0) as visitor
    from stages
)
select
    a._source as source, a.cost_id, a.cost_date as day, 0 as days_taken, a.cost_type, a.acquisition_scope, a.stage as cost_stage, a.region,
    coalesce(s.position between e.visitor and e.lead, false) as to_lead,
    coalesce(s.position between e.visitor and e.mql, false) as to_mql,
    coalesce(s.position between e.visitor and e.sql, false) as to_sql,
    coalesce(s.position between e.visitor and e.opportunity, false) as to_opportunity,
    coalesce(s.position between e.visitor and e.poc, false) as to_poc,
    coalesce(s.position between e.visitor and e.poc_evaluation, false) as to_poc_evaluation,
    coalesce(a.channel, 'unallocated') as channel, coalesce(a.campaign_id, 'unallocated') as campaign,
    coalesce(a.country, 'unallocated') as country, coalesce(a.subdivision, 'unallocated') as subdivision,
    coalesce(a.rep_id, 'unallocated') as rep,
    case when a.rep_id is null then 'unallocated' else coalesce(t.team, 'unknown') end as team, a.currency,
    f.factor is null or g.factor is null as lacks_rate,
    cast(a.amount * f.factor as decimal(28, 9)) as amount_region,
    cast(a.amount * g.factor as decimal(28, 9)) as amount_company
from placed as a
cross join ends as e
left join stages as s on s.stage = a.stage
left join known_reps as t on t.rep_id = a.rep_id
join regions as r on r.region = a.region
left join fx as f on f.day = a.cost_date and f.from_currency = a.currency and f.to_currency = r.currency
left join fx as g on g.day = a.cost_date and g.from_currency = a.currency and g.to_currency = r.company_currency
