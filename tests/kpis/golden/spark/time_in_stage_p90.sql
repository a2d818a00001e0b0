SELECT
  period_id AS period_id,
  region AS region,
  stage AS stage,
  channel AS channel,
  country AS country,
  subdivision AS subdivision,
  city AS city,
  rep AS rep,
  breakdown AS breakdown,
  member AS member,
  currency AS currency,
  CASE WHEN status <> 'missing' THEN NULL END AS numerator,
  CASE WHEN status <> 'missing' THEN NULL END AS denominator,
  CASE WHEN NOT status IN ('missing', 'null', 'target_met') THEN p90 END AS value,
  status AS status,
  CASE WHEN status = 'missing' THEN 0 ELSE n END AS n
FROM (
  SELECT
    c.*,
    CAST(CASE
      WHEN a.first_day IS NULL OR NOT p.period_end BETWEEN a.first_day AND a.last_day
      THEN 'missing'
      WHEN numerator IS NULL OR COALESCE(denominator, 0) = 0
      THEN 'null'
      WHEN p.period_end < p.period_closes
      THEN 'partial'
      ELSE 'ok'
    END AS STRING) AS status
  FROM (
    SELECT
      *,
      CAST(NULL AS STRING) AS currency,
      n AS numerator,
      n AS denominator
    FROM (
      SELECT
        c.period_id,
        region,
        stage,
        channel,
        country,
        subdivision,
        CAST(NULL AS STRING) AS city,
        rep,
        CAST(NULL AS STRING) AS breakdown,
        CAST(NULL AS STRING) AS member,
        m0_rows AS n,
        q0 AS median,
        q1 AS p90
      FROM quantiles_stage_visits_day_during_0 AS c
      JOIN periods AS p
        ON p.period_id = c.period_id
      WHERE
        m0_rows > 0
        AND (
          (
            period_grain = 'week' AND (
              cut IN (1, 3, 5, 7, 13, 29, 37)
            )
          )
          OR (
            period_grain = 'month' AND (
              cut IN (1, 3, 5, 7, 13, 29, 37)
            )
          )
          OR (
            period_grain = 'quarter' AND (
              cut IN (1, 3, 5, 7, 13, 29, 37)
            )
          )
        )
    )
  ) AS c
  JOIN periods AS p
    ON p.period_id = c.period_id
  LEFT JOIN availability AS a
    ON a.kpi = 'time_in_stage' AND a.region = COALESCE(c.region, 'company')
)
ORDER BY
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
  currency
