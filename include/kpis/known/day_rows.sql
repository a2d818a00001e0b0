-- How many rows of a table happened on a local date, by region. Of tables that figures are made from, those in which
-- something happens every day: a table that is missing here has no usual number of rows a day.
with
happened as (
    select 'leads' as source_table, l.region, cast(l.created_at at time zone r.timezone as date) as day
    from known_leads as l
    join regions as r on r.region = l.region
    union all
    select 'opportunities', o.region, cast(o.created_at at time zone o.timezone as date)
    from known_opportunities as o
    union all
    select 'crm_stage_history', p.region, cast(m.entered_at at time zone p.timezone as date)
    from moves as m
    join people as p on p.person_id = m.person_id
    where m.stage <> 'lead'
    union all
    select 'ad_spend_daily', region, day from ad_costs
    union all
    select 'web_sessions_daily', region, day from web_visitors where grain = 'day'
    union all
    select 'billing_lines', a.region, cast(b.issued_at at time zone r.timezone as date)
    from billing_lines as b
    join known_accounts as a on a.account_id = b.account_id
    join regions as r on r.region = a.region
    where b.issued_at < r.cutoff and b.doc_type = 'invoice'
)
select source_table, region, day, count(*) as n
from happened
group by source_table, region, day
