WITH counted AS (
  SELECT
    p.period_id,
    p.period_grain,
    p.is_recent,
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
), fine_0 AS (
  SELECT
    period_id,
    region,
    stage,
    channel,
    country,
    subdivision,
    CAST(NULL AS STRING) AS city,
    rep,
    CAST(NULL AS STRING) AS breakdown,
    COALESCE(CAST(NULL AS STRING)) AS member,
    SUM(m0_value) AS m0_value,
    COUNT(m0_rows) AS m0_rows,
    ROUND(PERCENTILE(CAST(m0_value AS DOUBLE), 0.5), 10) AS q0,
    ROUND(PERCENTILE(CAST(m0_value AS DOUBLE), 0.9), 10) AS q1
  FROM counted
  WHERE
    (
      period_grain = 'week'
    )
    OR (
      period_grain = 'month'
    )
    OR (
      period_grain = 'quarter'
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
)
SELECT
  *
FROM fine_0
