WITH cells AS (
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
    SUM(p0_region) AS p0_region,
    SUM(p0_company) AS p0_company,
    SUM(p0_rows) AS p0_rows,
    SUM(p1_region) AS p1_region,
    SUM(p1_company) AS p1_company,
    SUM(p1_rows) AS p1_rows
  FROM (
    SELECT
      c.period_id,
      region,
      CAST(NULL AS STRING) AS stage,
      channel,
      country,
      subdivision,
      city,
      rep,
      CASE
        WHEN cut = 64
        THEN CAST('campaign' AS STRING)
        WHEN cut = 128
        THEN CAST('team' AS STRING)
        WHEN cut = 256
        THEN CAST('segment' AS STRING)
        WHEN cut = 65
        THEN CAST('campaign' AS STRING)
        WHEN cut = 129
        THEN CAST('team' AS STRING)
        WHEN cut = 257
        THEN CAST('segment' AS STRING)
        WHEN cut = 66
        THEN CAST('campaign' AS STRING)
        WHEN cut = 130
        THEN CAST('team' AS STRING)
        WHEN cut = 258
        THEN CAST('segment' AS STRING)
        WHEN cut = 67
        THEN CAST('campaign' AS STRING)
        WHEN cut = 131
        THEN CAST('team' AS STRING)
        WHEN cut = 259
        THEN CAST('segment' AS STRING)
        WHEN cut = 70
        THEN CAST('campaign' AS STRING)
        WHEN cut = 134
        THEN CAST('team' AS STRING)
        WHEN cut = 262
        THEN CAST('segment' AS STRING)
        WHEN cut = 78
        THEN CAST('campaign' AS STRING)
        WHEN cut = 142
        THEN CAST('team' AS STRING)
        WHEN cut = 270
        THEN CAST('segment' AS STRING)
        WHEN cut = 82
        THEN CAST('campaign' AS STRING)
        WHEN cut = 146
        THEN CAST('team' AS STRING)
        WHEN cut = 274
        THEN CAST('segment' AS STRING)
      END AS breakdown,
      CASE
        WHEN cut = 64
        THEN CAST(campaign AS STRING)
        WHEN cut = 128
        THEN CAST(team AS STRING)
        WHEN cut = 256
        THEN CAST(segment AS STRING)
        WHEN cut = 65
        THEN CAST(campaign AS STRING)
        WHEN cut = 129
        THEN CAST(team AS STRING)
        WHEN cut = 257
        THEN CAST(segment AS STRING)
        WHEN cut = 66
        THEN CAST(campaign AS STRING)
        WHEN cut = 130
        THEN CAST(team AS STRING)
        WHEN cut = 258
        THEN CAST(segment AS STRING)
        WHEN cut = 67
        THEN CAST(campaign AS STRING)
        WHEN cut = 131
        THEN CAST(team AS STRING)
        WHEN cut = 259
        THEN CAST(segment AS STRING)
        WHEN cut = 70
        THEN CAST(campaign AS STRING)
        WHEN cut = 134
        THEN CAST(team AS STRING)
        WHEN cut = 262
        THEN CAST(segment AS STRING)
        WHEN cut = 78
        THEN CAST(campaign AS STRING)
        WHEN cut = 142
        THEN CAST(team AS STRING)
        WHEN cut = 270
        THEN CAST(segment AS STRING)
        WHEN cut = 82
        THEN CAST(campaign AS STRING)
        WHEN cut = 146
        THEN CAST(team AS STRING)
        WHEN cut = 274
        THEN CAST(segment AS STRING)
      END AS member,
      NULLIF(m0_rows, 0) AS p0_region,
      NULLIF(m0_rows, 0) AS p0_company,
      NULLIF(m0_rows, 0) AS p0_rows,
      NULL AS p1_region,
      NULL AS p1_company,
      NULL AS p1_rows
    FROM sums_conversions_day_during_0 AS c
    JOIN periods AS p
      ON p.period_id = c.period_id
    WHERE
      (
        m0_rows > 0
      )
      AND (
        (
          period_grain = 'week'
          AND (
            cut IN (
              0,
              1,
              2,
              3,
              6,
              14,
              18,
              64,
              128,
              256,
              65,
              129,
              257,
              66,
              130,
              258,
              67,
              131,
              259,
              70,
              134,
              262,
              78,
              142,
              270,
              82,
              146,
              274
            )
          )
        )
        OR (
          period_grain = 'month'
          AND (
            cut IN (
              0,
              1,
              2,
              3,
              6,
              14,
              18,
              64,
              128,
              256,
              65,
              129,
              257,
              66,
              130,
              258,
              67,
              131,
              259,
              70,
              134,
              262,
              78,
              142,
              270,
              82,
              146,
              274
            )
            OR (
              is_recent AND cut IN (46)
            )
          )
        )
        OR (
          period_grain = 'quarter'
          AND (
            cut IN (
              0,
              1,
              2,
              3,
              6,
              14,
              18,
              64,
              128,
              256,
              65,
              129,
              257,
              66,
              130,
              258,
              67,
              131,
              259,
              70,
              134,
              262,
              78,
              142,
              270,
              82,
              146,
              274
            )
          )
        )
      )
    UNION ALL
    SELECT
      c.period_id,
      region,
      CAST(NULL AS STRING) AS stage,
      channel,
      country,
      subdivision,
      city,
      rep,
      CASE
        WHEN cut = 64
        THEN CAST('campaign' AS STRING)
        WHEN cut = 128
        THEN CAST('team' AS STRING)
        WHEN cut = 256
        THEN CAST('segment' AS STRING)
        WHEN cut = 65
        THEN CAST('campaign' AS STRING)
        WHEN cut = 129
        THEN CAST('team' AS STRING)
        WHEN cut = 257
        THEN CAST('segment' AS STRING)
        WHEN cut = 66
        THEN CAST('campaign' AS STRING)
        WHEN cut = 130
        THEN CAST('team' AS STRING)
        WHEN cut = 258
        THEN CAST('segment' AS STRING)
        WHEN cut = 67
        THEN CAST('campaign' AS STRING)
        WHEN cut = 131
        THEN CAST('team' AS STRING)
        WHEN cut = 259
        THEN CAST('segment' AS STRING)
        WHEN cut = 70
        THEN CAST('campaign' AS STRING)
        WHEN cut = 134
        THEN CAST('team' AS STRING)
        WHEN cut = 262
        THEN CAST('segment' AS STRING)
        WHEN cut = 78
        THEN CAST('campaign' AS STRING)
        WHEN cut = 142
        THEN CAST('team' AS STRING)
        WHEN cut = 270
        THEN CAST('segment' AS STRING)
        WHEN cut = 82
        THEN CAST('campaign' AS STRING)
        WHEN cut = 146
        THEN CAST('team' AS STRING)
        WHEN cut = 274
        THEN CAST('segment' AS STRING)
      END AS breakdown,
      CASE
        WHEN cut = 64
        THEN CAST(campaign AS STRING)
        WHEN cut = 128
        THEN CAST(team AS STRING)
        WHEN cut = 256
        THEN CAST(segment AS STRING)
        WHEN cut = 65
        THEN CAST(campaign AS STRING)
        WHEN cut = 129
        THEN CAST(team AS STRING)
        WHEN cut = 257
        THEN CAST(segment AS STRING)
        WHEN cut = 66
        THEN CAST(campaign AS STRING)
        WHEN cut = 130
        THEN CAST(team AS STRING)
        WHEN cut = 258
        THEN CAST(segment AS STRING)
        WHEN cut = 67
        THEN CAST(campaign AS STRING)
        WHEN cut = 131
        THEN CAST(team AS STRING)
        WHEN cut = 259
        THEN CAST(segment AS STRING)
        WHEN cut = 70
        THEN CAST(campaign AS STRING)
        WHEN cut = 134
        THEN CAST(team AS STRING)
        WHEN cut = 262
        THEN CAST(segment AS STRING)
        WHEN cut = 78
        THEN CAST(campaign AS STRING)
        WHEN cut = 142
        THEN CAST(team AS STRING)
        WHEN cut = 270
        THEN CAST(segment AS STRING)
        WHEN cut = 82
        THEN CAST(campaign AS STRING)
        WHEN cut = 146
        THEN CAST(team AS STRING)
        WHEN cut = 274
        THEN CAST(segment AS STRING)
      END AS member,
      NULL AS p0_region,
      NULL AS p0_company,
      NULL AS p0_rows,
      NULLIF(m0_rows, 0) AS p1_region,
      NULLIF(m0_rows, 0) AS p1_company,
      NULLIF(m0_rows, 0) AS p1_rows
    FROM sums_stage_entries_day_during_0 AS c
    JOIN periods AS p
      ON p.period_id = c.period_id
    WHERE
      (
        m0_rows > 0
      )
      AND (
        (
          period_grain = 'week'
          AND (
            cut IN (
              0,
              1,
              2,
              3,
              6,
              14,
              18,
              64,
              128,
              256,
              65,
              129,
              257,
              66,
              130,
              258,
              67,
              131,
              259,
              70,
              134,
              262,
              78,
              142,
              270,
              82,
              146,
              274
            )
          )
        )
        OR (
          period_grain = 'month'
          AND (
            cut IN (
              0,
              1,
              2,
              3,
              6,
              14,
              18,
              64,
              128,
              256,
              65,
              129,
              257,
              66,
              130,
              258,
              67,
              131,
              259,
              70,
              134,
              262,
              78,
              142,
              270,
              82,
              146,
              274
            )
            OR (
              is_recent AND cut IN (46)
            )
          )
        )
        OR (
          period_grain = 'quarter'
          AND (
            cut IN (
              0,
              1,
              2,
              3,
              6,
              14,
              18,
              64,
              128,
              256,
              65,
              129,
              257,
              66,
              130,
              258,
              67,
              131,
              259,
              70,
              134,
              262,
              78,
              142,
              270,
              82,
              146,
              274
            )
          )
        )
      )
  )
  GROUP BY ALL
)
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
  CASE WHEN status <> 'missing' THEN numerator END AS numerator,
  CASE WHEN status <> 'missing' THEN denominator END AS denominator,
  CASE
    WHEN NOT status IN ('missing', 'null', 'target_met')
    THEN CAST(numerator AS DOUBLE) / CAST(denominator AS DOUBLE)
  END AS value,
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
      WHEN DATEDIFF(CAST('2026-10-31' AS DATE), p.period_end) < 30
      THEN 'immature'
      WHEN p.period_end < p.period_closes
      THEN 'partial'
      ELSE 'ok'
    END AS STRING) AS status
  FROM (
    SELECT
      c.*,
      t.currency,
      CAST(CAST(CASE WHEN p0_rows IS NULL THEN 0 ELSE p0_company END AS DECIMAL(38, 9)) AS DECIMAL(38, 9)) AS numerator,
      CAST(CAST(CASE WHEN p1_rows IS NULL THEN 0 ELSE p1_company END AS DECIMAL(38, 9)) AS DECIMAL(38, 9)) AS denominator,
      COALESCE(p1_company, 0) AS n
    FROM (
      SELECT
        *
      FROM cells
      UNION ALL
      SELECT
        p.period_id,
        s.region,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL,
        NULL
      FROM periods AS p
      CROSS JOIN spine AS s
      WHERE
        p.period_grain IN ('week', 'month', 'quarter')
        AND NOT EXISTS(
          SELECT
            1
          FROM cells AS c
          WHERE
            c.period_id = p.period_id
            AND c.region IS NOT DISTINCT FROM s.region
            AND c.stage IS NULL
            AND c.channel IS NULL
            AND c.country IS NULL
            AND c.subdivision IS NULL
            AND c.city IS NULL
            AND c.rep IS NULL
            AND c.breakdown IS NULL
            AND c.member IS NULL
        )
    ) AS c
    CROSS JOIN (
      SELECT
        CAST(NULL AS STRING) AS currency,
        FALSE AS is_own
    ) AS t
  ) AS c
  JOIN periods AS p
    ON p.period_id = c.period_id
  LEFT JOIN availability AS a
    ON a.kpi = 'lead_to_mql_rate' AND a.region = COALESCE(c.region, 'company')
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
