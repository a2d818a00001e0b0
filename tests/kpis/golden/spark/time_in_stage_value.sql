WITH cells AS (
  SELECT
    c.period_id,
    region,
    stage,
    channel,
    country,
    subdivision,
    CAST(NULL AS STRING) AS city,
    rep,
    CASE
      WHEN cut = 65
      THEN CAST('campaign' AS STRING)
      WHEN cut = 129
      THEN CAST('team' AS STRING)
      WHEN cut = 257
      THEN CAST('segment' AS STRING)
      WHEN cut = 513
      THEN CAST('product' AS STRING)
      WHEN cut = 1025
      THEN CAST('opportunity_type' AS STRING)
      WHEN cut = 67
      THEN CAST('campaign' AS STRING)
      WHEN cut = 131
      THEN CAST('team' AS STRING)
      WHEN cut = 259
      THEN CAST('segment' AS STRING)
      WHEN cut = 515
      THEN CAST('product' AS STRING)
      WHEN cut = 1027
      THEN CAST('opportunity_type' AS STRING)
      WHEN cut = 69
      THEN CAST('campaign' AS STRING)
      WHEN cut = 133
      THEN CAST('team' AS STRING)
      WHEN cut = 261
      THEN CAST('segment' AS STRING)
      WHEN cut = 517
      THEN CAST('product' AS STRING)
      WHEN cut = 1029
      THEN CAST('opportunity_type' AS STRING)
      WHEN cut = 71
      THEN CAST('campaign' AS STRING)
      WHEN cut = 135
      THEN CAST('team' AS STRING)
      WHEN cut = 263
      THEN CAST('segment' AS STRING)
      WHEN cut = 519
      THEN CAST('product' AS STRING)
      WHEN cut = 1031
      THEN CAST('opportunity_type' AS STRING)
      WHEN cut = 77
      THEN CAST('campaign' AS STRING)
      WHEN cut = 141
      THEN CAST('team' AS STRING)
      WHEN cut = 269
      THEN CAST('segment' AS STRING)
      WHEN cut = 525
      THEN CAST('product' AS STRING)
      WHEN cut = 1037
      THEN CAST('opportunity_type' AS STRING)
      WHEN cut = 93
      THEN CAST('campaign' AS STRING)
      WHEN cut = 157
      THEN CAST('team' AS STRING)
      WHEN cut = 285
      THEN CAST('segment' AS STRING)
      WHEN cut = 541
      THEN CAST('product' AS STRING)
      WHEN cut = 1053
      THEN CAST('opportunity_type' AS STRING)
      WHEN cut = 101
      THEN CAST('campaign' AS STRING)
      WHEN cut = 165
      THEN CAST('team' AS STRING)
      WHEN cut = 293
      THEN CAST('segment' AS STRING)
      WHEN cut = 549
      THEN CAST('product' AS STRING)
      WHEN cut = 1061
      THEN CAST('opportunity_type' AS STRING)
    END AS breakdown,
    CASE
      WHEN cut = 65
      THEN CAST(campaign AS STRING)
      WHEN cut = 129
      THEN CAST(team AS STRING)
      WHEN cut = 257
      THEN CAST(segment AS STRING)
      WHEN cut = 513
      THEN CAST(product AS STRING)
      WHEN cut = 1025
      THEN CAST(opportunity_type AS STRING)
      WHEN cut = 67
      THEN CAST(campaign AS STRING)
      WHEN cut = 131
      THEN CAST(team AS STRING)
      WHEN cut = 259
      THEN CAST(segment AS STRING)
      WHEN cut = 515
      THEN CAST(product AS STRING)
      WHEN cut = 1027
      THEN CAST(opportunity_type AS STRING)
      WHEN cut = 69
      THEN CAST(campaign AS STRING)
      WHEN cut = 133
      THEN CAST(team AS STRING)
      WHEN cut = 261
      THEN CAST(segment AS STRING)
      WHEN cut = 517
      THEN CAST(product AS STRING)
      WHEN cut = 1029
      THEN CAST(opportunity_type AS STRING)
      WHEN cut = 71
      THEN CAST(campaign AS STRING)
      WHEN cut = 135
      THEN CAST(team AS STRING)
      WHEN cut = 263
      THEN CAST(segment AS STRING)
      WHEN cut = 519
      THEN CAST(product AS STRING)
      WHEN cut = 1031
      THEN CAST(opportunity_type AS STRING)
      WHEN cut = 77
      THEN CAST(campaign AS STRING)
      WHEN cut = 141
      THEN CAST(team AS STRING)
      WHEN cut = 269
      THEN CAST(segment AS STRING)
      WHEN cut = 525
      THEN CAST(product AS STRING)
      WHEN cut = 1037
      THEN CAST(opportunity_type AS STRING)
      WHEN cut = 93
      THEN CAST(campaign AS STRING)
      WHEN cut = 157
      THEN CAST(team AS STRING)
      WHEN cut = 285
      THEN CAST(segment AS STRING)
      WHEN cut = 541
      THEN CAST(product AS STRING)
      WHEN cut = 1053
      THEN CAST(opportunity_type AS STRING)
      WHEN cut = 101
      THEN CAST(campaign AS STRING)
      WHEN cut = 165
      THEN CAST(team AS STRING)
      WHEN cut = 293
      THEN CAST(segment AS STRING)
      WHEN cut = 549
      THEN CAST(product AS STRING)
      WHEN cut = 1061
      THEN CAST(opportunity_type AS STRING)
    END AS member,
    m0_value AS p0_region,
    m0_value AS p0_company,
    NULLIF(m0_rows, 0) AS p0_rows,
    NULLIF(m1_rows, 0) AS p1_region,
    NULLIF(m1_rows, 0) AS p1_company,
    NULLIF(m1_rows, 0) AS p1_rows
  FROM sums_stage_visits_day_during_0 AS c
  JOIN periods AS p
    ON p.period_id = c.period_id
  WHERE
    (
      m0_rows > 0 OR m1_rows > 0
    )
    AND (
      (
        period_grain = 'week'
        AND (
          cut IN (
            1,
            3,
            5,
            7,
            13,
            29,
            37,
            65,
            129,
            257,
            513,
            1025,
            67,
            131,
            259,
            515,
            1027,
            69,
            133,
            261,
            517,
            1029,
            71,
            135,
            263,
            519,
            1031,
            77,
            141,
            269,
            525,
            1037,
            93,
            157,
            285,
            541,
            1053,
            101,
            165,
            293,
            549,
            1061
          )
        )
      )
      OR (
        period_grain = 'month'
        AND (
          cut IN (
            1,
            3,
            5,
            7,
            13,
            29,
            37,
            65,
            129,
            257,
            513,
            1025,
            67,
            131,
            259,
            515,
            1027,
            69,
            133,
            261,
            517,
            1029,
            71,
            135,
            263,
            519,
            1031,
            77,
            141,
            269,
            525,
            1037,
            93,
            157,
            285,
            541,
            1053,
            101,
            165,
            293,
            549,
            1061
          )
        )
      )
      OR (
        period_grain = 'quarter'
        AND (
          cut IN (
            1,
            3,
            5,
            7,
            13,
            29,
            37,
            65,
            129,
            257,
            513,
            1025,
            67,
            131,
            259,
            515,
            1027,
            69,
            133,
            261,
            517,
            1029,
            71,
            135,
            263,
            519,
            1031,
            77,
            141,
            269,
            525,
            1037,
            93,
            157,
            285,
            541,
            1053,
            101,
            165,
            293,
            549,
            1061
          )
        )
      )
    )
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
