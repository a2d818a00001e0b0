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
    CAST(campaign AS STRING) AS campaign,
    CAST(team AS STRING) AS team,
    CAST(segment AS STRING) AS segment,
    CAST(product AS STRING) AS product,
    CAST(opportunity_type AS STRING) AS opportunity_type,
    CASE WHEN days >= 0 THEN days END AS m0_value,
    CASE WHEN days >= 0 THEN 1 END AS m0_rows,
    CASE WHEN days >= 0 THEN 1 END AS m1_rows
  FROM stage_visits AS f
  JOIN span_during_0 AS s
    ON s.day = f.day
  JOIN periods AS p
    ON p.period_id = s.period_id
  WHERE
    (
      (
        days >= 0
      ) OR (
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
    CASE
      WHEN NOT campaign IS NULL
      THEN CAST('campaign' AS STRING)
      WHEN NOT team IS NULL
      THEN CAST('team' AS STRING)
      WHEN NOT segment IS NULL
      THEN CAST('segment' AS STRING)
      WHEN NOT product IS NULL
      THEN CAST('product' AS STRING)
      WHEN NOT opportunity_type IS NULL
      THEN CAST('opportunity_type' AS STRING)
    END AS breakdown,
    COALESCE(campaign, team, segment, product, opportunity_type, CAST(NULL AS STRING)) AS member,
    SUM(m0_value) AS m0_value,
    COUNT(m0_rows) AS m0_rows,
    COUNT(m1_rows) AS m1_rows
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
      (period_id, region, channel, stage),
      (period_id, region, country, subdivision, stage),
      (period_id, region, rep, stage),
      (period_id, region, channel, stage, campaign),
      (period_id, region, channel, stage, team),
      (period_id, region, channel, stage, segment),
      (period_id, region, channel, stage, product),
      (period_id, region, channel, stage, opportunity_type),
      (period_id, region, country, subdivision, stage, campaign),
      (period_id, region, country, subdivision, stage, team),
      (period_id, region, country, subdivision, stage, segment),
      (period_id, region, country, subdivision, stage, product),
      (period_id, region, country, subdivision, stage, opportunity_type),
      (period_id, region, rep, stage, campaign),
      (period_id, region, rep, stage, team),
      (period_id, region, rep, stage, segment),
      (period_id, region, rep, stage, product),
      (period_id, region, rep, stage, opportunity_type)
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
  SUM(m0_value) AS m0_value,
  CAST(SUM(m0_rows) AS BIGINT) AS m0_rows,
  CAST(SUM(m1_rows) AS BIGINT) AS m1_rows
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
UNION ALL
SELECT
  period_id,
  region,
  stage,
  CAST(NULL AS STRING) AS channel,
  country,
  CAST(NULL AS STRING) AS subdivision,
  CAST(NULL AS STRING) AS city,
  CAST(NULL AS STRING) AS rep,
  breakdown,
  member,
  SUM(m0_value) AS m0_value,
  CAST(SUM(m0_rows) AS BIGINT) AS m0_rows,
  CAST(SUM(m1_rows) AS BIGINT) AS m1_rows
FROM fine_0
WHERE
  NOT region IS NULL
  AND NOT stage IS NULL
  AND channel IS NULL
  AND NOT country IS NULL
  AND NOT subdivision IS NULL
  AND city IS NULL
  AND rep IS NULL
GROUP BY
  GROUPING SETS (
    (period_id, breakdown, member, region, country, stage)
  )
