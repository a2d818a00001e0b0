-- kind: event
-- needs: ad_spend_daily
-- key: source day platform ad_account_id campaign_id country subdivision campaign
-- distinct: platform campaign
-- What ad platforms charged for the conversions they claim. Each counts a customer as its own, so nothing is added over
-- platforms: a row of each platform, and one of each campaign, for a campaign is one platform's. A platform that claims
-- none is not in it.
with claimed as (
    select distinct
        a.*,
        case when a.country is null then 'unallocated' else coalesce(s.region, c.region, 'unassigned') end as region
    from ad_spend_daily as a
    left join places as s on s.place = a.subdivision
    left join places as c on c.place = a.country
    where a.platform_conversions is not null
),
converted as (
    select
        a.date as day, a.region, a._source as source, a.platform as on_platform,
        a.ad_account_id, coalesce(a.channel, 'unallocated') as channel, a.campaign_id,
        coalesce(a.country, 'unallocated') as country, coalesce(a.subdivision, 'unallocated') as subdivision,
        a.platform_conversions as conversions,
        cast(a.spend * f.factor as decimal(28, 9)) as amount_region,
        cast(a.spend * g.factor as decimal(28, 9)) as amount_company
    from claimed as a
    join regions as r on r.region = a.region
    left join fx as f on f.day = a.date and f.from_currency = a.currency and f.to_currency = r.currency
    left join fx as g on g.day = a.date and g.from_currency = a.currency and g.to_currency = r.company_currency
)
select
    source, day, region, on_platform as platform, ad_account_id, campaign_id, 'all' as campaign, channel, country, subdivision,
    conversions, amount_region, amount_company
from converted
union all
select
    source, day, region, 'all', ad_account_id, campaign_id, campaign_id, channel, country, subdivision, conversions,
    amount_region, amount_company
from converted
