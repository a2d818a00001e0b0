-- Accounts as known at their region's cutoff. Place and channel are those of the earliest version; where no version is
-- older than the cutoff, the earliest one stands, without what was stamped later.
with
numbered as (
    select
        *, row_number() over (partition by account_id order by updated_at, _source) as nth,
        lead(updated_at) over (partition by account_id order by updated_at, _source) as next_at
    from accounts
),
placed as (
    select
        v.account_id, v.channel, v.campaign_id, v.country, v.subdivision, v.city, r.region, r.cutoff
    from numbered as v
    left join places as s on s.place = v.subdivision
    left join places as c on c.place = v.country
    join regions as r on r.region = coalesce(s.region, c.region, 'unassigned')
    where v.nth = 1 and v.created_at < r.cutoff
)
select
    p.account_id, k.parent_account_id, k.segment, k.account_owner, k.is_test, p.region, p.channel,
    p.campaign_id, p.country, p.subdivision, p.city
from numbered as k
join placed as p on p.account_id = k.account_id
where case when k.updated_at < p.cutoff then k.next_at is null or k.next_at >= p.cutoff else k.nth = 1 end
