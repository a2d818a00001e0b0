-- kind: event
-- needs: ad_spend_daily
-- key: source day platform ad_account_id campaign country subdivision
-- What an ad platform charged on a date of its account, for a campaign in a place; restated rows as last landed. It is
-- spent the day its leads come, so of a cohort it has taken no days.
with placed as (
    select distinct
        a.*,
        case when a.country is null then 'unallocated' else coalesce(s.region, c.region, 'unassigned') end as region
    from ad_spend_daily as a
    left join places as s on s.place = a.subdivision
    left join places as c on c.place = a.country
)
select
    a.date as day, a.region, coalesce(a.channel, 'unallocated') as channel, a.campaign_id as campaign,
    coalesce(a.country, 'unallocated') as country, coalesce(a.subdivision, 'unallocated') as subdivision, a.platform,
    a.ad_account_id, a._source as source, a.currency, a.impressions, a.clicks, 0 as days_taken, f.factor is null or g.factor is null as lacks_rate,
    cast(a.spend * f.factor as decimal(28, 9)) as amount_region,
    cast(a.spend * g.factor as decimal(28, 9)) as amount_company
from placed as a
join regions as r on r.region = a.region
left join fx as f on f.day = a.date and f.from_currency = a.currency and f.to_currency = r.currency
left join fx as g on g.day = a.date and g.from_currency = a.currency and g.to_currency = r.company_currency
