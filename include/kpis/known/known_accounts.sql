-- Accounts as known at their region's cutoff. Place and channel are those of the earliest version; where no version is
-- older than the cutoff, the earliest one stands, without what was stamped later.
with
numbered as (
    select *, row_number() over (partition by account_id order by updated_at, _source) as nth
    from accounts
),
placed as (
    select
        v.account_id, v.created_at, v.channel, v.campaign_id, v.country, v.subdivision, v.city,
        coalesce(s.region, c.region, 'unassigned') as region
    from numbered as v
    left join places as s on s.place = v.subdivision
    left join places as c on c.place = v.country
    where v.nth = 1
),
ranked as (
    select
        v.account_id, v.parent_account_id, v.segment, v.account_owner, v.is_test, p.region,
        row_number() over (
            partition by v.account_id
            order by
                case when v.updated_at < r.cutoff then 0 else 1 end,
                case when v.updated_at < r.cutoff then v.updated_at end desc,
                v.updated_at, v._source
        ) as nth
    from numbered as v
    join placed as p on p.account_id = v.account_id
    join regions as r on r.region = p.region
    where p.created_at < r.cutoff
)
select
    p.account_id, k.parent_account_id, k.segment, k.account_owner, k.is_test, p.region, p.channel,
    p.campaign_id, p.country, p.subdivision, p.city
from ranked as k
join placed as p on p.account_id = k.account_id
where k.nth = 1
