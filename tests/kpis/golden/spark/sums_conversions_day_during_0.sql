WITH counted AS (
  SELECT
    p.period_id,
    p.period_grain,
    p.is_recent,
    CAST(channel AS STRING) AS channel,
    CAST(region AS STRING) AS region,
    CAST(country AS STRING) AS country,
    CAST(subdivision AS STRING) AS subdivision,
    CAST(rep AS STRING) AS rep,
    CAST(city AS STRING) AS city,
    CAST(campaign AS STRING) AS campaign,
    CAST(team AS STRING) AS team,
    CAST(segment AS STRING) AS segment,
    CASE
      WHEN (
        stage = 'lead' AND reached = 'mql'
      ) AND (
        days_taken <= 30
      )
      THEN 1
    END AS m0_rows
  FROM conversions AS f
  JOIN span_during_0 AS s
    ON s.day = f.day
  JOIN periods AS p
    ON p.period_id = s.period_id
  WHERE
    (
      (
        (
          stage = 'lead' AND reached = 'mql'
        ) AND (
          days_taken <= 30
        )
      )
    )
), fine_0 AS (
  SELECT
    period_id,
    region,
    CAST(NULL AS STRING) AS stage,
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
    END AS breakdown,
    COALESCE(campaign, team, segment, CAST(NULL AS STRING)) AS member,
    COUNT(m0_rows) AS m0_rows
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
      (period_id, region, channel),
      (period_id, region, country, subdivision),
      (period_id, region, rep),
      (period_id, region, channel, campaign),
      (period_id, region, channel, team),
      (period_id, region, channel, segment),
      (period_id, region, country, subdivision, campaign),
      (period_id, region, country, subdivision, team),
      (period_id, region, country, subdivision, segment),
      (period_id, region, rep, campaign),
      (period_id, region, rep, team),
      (period_id, region, rep, segment)
    )
), fine_1 AS (
  SELECT
    period_id,
    region,
    CAST(NULL AS STRING) AS stage,
    CAST(NULL AS STRING) AS channel,
    country,
    subdivision,
    city,
    CAST(NULL AS STRING) AS rep,
    CAST(NULL AS STRING) AS breakdown,
    COALESCE(CAST(NULL AS STRING)) AS member,
    COUNT(m0_rows) AS m0_rows
  FROM counted
  WHERE
    (
      period_grain = 'month' AND is_recent
    )
  GROUP BY
    GROUPING SETS (
      (period_id, region, country, subdivision, city)
    )
)
SELECT
  *
FROM fine_0
UNION ALL
SELECT
  period_id,
  region,
  CAST(NULL AS STRING) AS stage,
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
  AND stage IS NULL
  AND NOT channel IS NULL
  AND country IS NULL
  AND subdivision IS NULL
  AND city IS NULL
  AND rep IS NULL
GROUP BY
  GROUPING SETS (
    (period_id, breakdown, member),
    (period_id, breakdown, member, channel),
    (period_id, breakdown, member, region)
  )
UNION ALL
SELECT
  period_id,
  region,
  CAST(NULL AS STRING) AS stage,
  CAST(NULL AS STRING) AS channel,
  country,
  CAST(NULL AS STRING) AS subdivision,
  CAST(NULL AS STRING) AS city,
  CAST(NULL AS STRING) AS rep,
  breakdown,
  member,
  CAST(SUM(m0_rows) AS BIGINT) AS m0_rows
FROM fine_0
WHERE
  NOT region IS NULL
  AND stage IS NULL
  AND channel IS NULL
  AND NOT country IS NULL
  AND NOT subdivision IS NULL
  AND city IS NULL
  AND rep IS NULL
GROUP BY
  GROUPING SETS (
    (period_id, breakdown, member, region, country)
  )
UNION ALL
SELECT
  *
FROM fine_1
