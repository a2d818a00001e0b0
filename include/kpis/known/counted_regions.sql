-- Regions whose visitors somebody counts.
select distinct region from web_visitors
