SELECT
  period_id,
  stage,
  channel,
  region,
  country,
  subdivision,
  rep,
  (
    1 - GROUPING(stage)
  ) * 1 + (
    1 - GROUPING(channel)
  ) * 2 + (
    1 - GROUPING(region)
  ) * 4 + (
    1 - GROUPING(country)
  ) * 8 + (
    1 - GROUPING(subdivision)
  ) * 16 + (
    1 - GROUPING(rep)
  ) * 32 AS cut,
  SUM(m0_value) AS m0_value,
  COUNT(m0_rows) AS m0_rows,
  PERCENTILE(CAST(m0_value AS DOUBLE), 0.5) AS q0,
  PERCENTILE(CAST(m0_value AS DOUBLE), 0.9) AS q1
FROM (
  SELECT
    p.period_id,
    CAST(stage AS STRING) AS stage,
    CAST(channel AS STRING) AS channel,
    CAST(region AS STRING) AS region,
    CAST(country AS STRING) AS country,
    CAST(subdivision AS STRING) AS subdivision,
    CAST(rep AS STRING) AS rep,
    CASE WHEN days >= 0 THEN days END AS m0_value,
    CASE WHEN days >= 0 THEN 1 END AS m0_rows
  FROM stage_visits AS f
  JOIN span_during_0 AS s
    ON s.day = f.day
  JOIN periods AS p
    ON p.period_id = s.period_id
  WHERE
    (
      (
        days >= 0
      )
    )
    AND (
      (
        period_grain = 'week'
      )
      OR (
        period_grain = 'month'
      )
      OR (
        period_grain = 'quarter'
      )
    )
)
GROUP BY
  GROUPING SETS (
    (period_id, stage),
    (period_id, channel, stage),
    (period_id, region, stage),
    (period_id, region, channel, stage),
    (period_id, region, country, stage),
    (period_id, region, country, subdivision, stage),
    (period_id, region, rep, stage)
  )
