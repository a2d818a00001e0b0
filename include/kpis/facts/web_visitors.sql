-- kind: period
-- needs: web_sessions_daily
-- key: source day grain channel campaign country subdivision
-- distinct: channel campaign subdivision
-- Distinct visitors of a whole day, week or month. Nothing may be added over the distinct dimensions: the source gives
-- the total of each as member `all` (channel) or null.
select distinct
    w._source as source, w.period_start as day, w.period_grain as grain, coalesce(s.region, c.region, 'unassigned') as region, w.channel,
    coalesce(w.campaign_id, 'all') as campaign, w.country, coalesce(w.subdivision, 'all') as subdivision, w.visitors,
    w.sessions
from web_sessions_daily as w
left join places as s on s.place = w.subdivision
left join places as c on c.place = w.country
where w.city is null
