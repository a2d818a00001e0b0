WITH observed AS (
  SELECT
    p.period_id,
    CAST(f.stage AS STRING) AS stage,
    CAST(f.channel AS STRING) AS channel,
    CAST(f.region AS STRING) AS region,
    CAST(f.country AS STRING) AS country,
    CAST(f.subdivision AS STRING) AS subdivision,
    CAST(f.rep AS STRING) AS rep,
    f.is_open,
    CAST(f.days AS DOUBLE) AS lasted
  FROM stage_visits AS f
  JOIN periods AS p
    ON f.began_on BETWEEN p.period_start AND p.period_end AND TRUE
  WHERE
    (
      days >= 0
    ) AND p.period_grain IN ('week', 'month', 'quarter')
), tally AS (
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
    lasted,
    COUNT(*) AS seen,
    SUM(CASE WHEN is_open THEN 0 ELSE 1 END) AS over_now
  FROM observed
  GROUP BY
    GROUPING SETS (
      (period_id, lasted, stage),
      (period_id, lasted, channel, stage),
      (period_id, lasted, region, stage),
      (period_id, lasted, region, channel, stage),
      (period_id, lasted, region, country, stage),
      (period_id, lasted, region, country, subdivision, stage),
      (period_id, lasted, region, rep, stage)
    )
), risked AS (
  SELECT
    *,
    SUM(seen) OVER (
      PARTITION BY period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member
      ORDER BY lasted DESC
    ) AS at_risk
  FROM tally
), followed AS (
  SELECT
    period_id,
    region,
    stage,
    channel,
    country,
    subdivision,
    city,
    rep,
    breakdown,
    member,
    lasted,
    seen,
    MIN(at_risk - over_now) OVER (
      PARTITION BY period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member
      ORDER BY lasted NULLS LAST
    ) AS least_left,
    SUM(
      LN(
        CASE WHEN at_risk > over_now THEN 1 - over_now / CAST(at_risk AS DOUBLE) ELSE 1 END
      )
    ) OVER (
      PARTITION BY period_id, region, stage, channel, country, subdivision, city, rep, breakdown, member
      ORDER BY lasted NULLS LAST
    ) AS logarithm
  FROM risked
)
SELECT
  period_id,
  region,
  stage,
  channel,
  country,
  subdivision,
  city,
  rep,
  breakdown,
  member,
  SUM(seen) AS n,
  MIN(CASE WHEN survival <= 0.5 THEN lasted END) AS value
FROM (
  SELECT
    period_id,
    region,
    stage,
    channel,
    country,
    subdivision,
    city,
    rep,
    breakdown,
    member,
    lasted,
    seen,
    CASE WHEN least_left = 0 THEN 0 ELSE ROUND(EXP(logarithm), 12) END AS survival
  FROM followed
) AS e
GROUP BY
  period_id,
  region,
  stage,
  channel,
  country,
  subdivision,
  city,
  rep,
  breakdown,
  member
