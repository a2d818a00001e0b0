select
    'time_in_stage' as kpi, unnest(['value', 'median', 'p90']) as statistic, month, null::integer as age, region, stage,
    channel, country, subdivision, null::city_t as city, null as currency,
    unnest([numerator, null, null])::double as numerator, unnest([denominator, null, null])::double as denominator,
    unnest([numerator / denominator, levels[1], levels[2]]) as value
from dwell
