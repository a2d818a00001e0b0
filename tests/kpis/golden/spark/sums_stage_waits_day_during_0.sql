WITH counted AS (
  SELECT
    p.period_id,
    p.period_grain,
    p.is_recent,
    CAST(stage AS STRING) AS stage,
    CAST(channel AS STRING) AS channel,
    CAST(region AS STRING) AS region,
    CAST(country AS STRING) AS country,
    CASE WHEN (
      days >= 0
    ) AND (
      NOT is_cut
    ) THEN 1 END AS m0_rows
  FROM stage_waits AS f
  JOIN span_during_0 AS s
    ON s.day = f.day
  JOIN periods AS p
    ON p.period_id = s.period_id
  WHERE
    (
      (
        (
          days >= 0
        ) AND (
          NOT is_cut
        )
      )
    )
), fine_0 AS (
  SELECT
    period_id,
    region,
    stage,
    channel,
    country,
    CAST(NULL AS STRING) AS subdivision,
    CAST(NULL AS STRING) AS city,
    CAST(NULL AS STRING) AS rep,
    CAST(NULL AS STRING) AS breakdown,
    COALESCE(CAST(NULL AS STRING)) AS member,
    COUNT(m0_rows) AS m0_rows
  FROM counted
  WHERE
    (
      period_grain = 'month'
    ) OR (
      period_grain = 'quarter'
    )
  GROUP BY
    GROUPING SETS (
      (period_id, region, channel, stage),
      (period_id, region, country, stage)
    )
)
SELECT
  *
FROM fine_0
UNION ALL
SELECT
  period_id,
  region,
  stage,
  channel,
  CAST(NULL AS STRING) AS country,
  CAST(NULL AS STRING) AS subdivision,
  CAST(NULL AS STRING) AS city,
  CAST(NULL AS STRING) AS rep,
  breakdown,
  member,
  CAST(SUM(m0_rows) AS BIGINT) AS m0_rows
FROM fine_0
WHERE
  NOT region IS NULL
  AND NOT stage IS NULL
  AND NOT channel IS NULL
  AND country IS NULL
  AND subdivision IS NULL
  AND city IS NULL
  AND rep IS NULL
GROUP BY
  GROUPING SETS (
    (period_id, breakdown, member, stage),
    (period_id, breakdown, member, channel, stage),
    (period_id, breakdown, member, region, stage)
  )
