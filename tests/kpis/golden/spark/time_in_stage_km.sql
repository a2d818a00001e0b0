SELECT
  period_id,
  cell_id,
  CAST(NULL AS STRING) AS currency,
  CASE WHEN NOT status IN ('missing', 'null') THEN numerator END AS numerator,
  CASE WHEN NOT status IN ('missing', 'null') THEN denominator END AS denominator,
  CASE WHEN NOT status IN ('missing', 'null') THEN value END AS value,
  status,
  CASE WHEN status <> 'missing' THEN n ELSE 0 END AS n
FROM (
  SELECT
    c.period_id,
    c.cell_id,
    CAST(NULL AS DECIMAL(38, 9)) AS numerator,
    CAST(NULL AS DECIMAL(38, 9)) AS denominator,
    c.value,
    c.n,
    CAST(CASE
      WHEN a.first_day IS NULL OR NOT p.period_end BETWEEN a.first_day AND a.last_day
      THEN 'missing'
      WHEN c.value IS NULL
      THEN 'null'
      WHEN DATEDIFF(CAST('2026-10-31' AS DATE), p.period_end) < c.value
      THEN 'immature'
      WHEN p.period_end < p.period_closes
      THEN 'partial'
      ELSE 'ok'
    END AS STRING) AS status
  FROM lasting_time_in_stage AS c
  JOIN periods AS p
    ON p.period_id = c.period_id
  LEFT JOIN availability AS a
    ON a.kpi = 'time_in_stage' AND a.region IS NOT DISTINCT FROM c.region
) AS judged
ORDER BY
  period_id NULLS LAST,
  cell_id NULLS LAST
