WITH counted AS (
  SELECT
    c.period_id,
    c.cell_id,
    c.region,
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
      period_grain IN ('week', 'month', 'quarter')
      AND cut IN (
        2,
        6,
        3,
        7,
        11,
        27,
        67,
        130,
        258,
        514,
        1026,
        2050,
        134,
        262,
        518,
        1030,
        2054,
        131,
        259,
        515,
        1027,
        2051,
        135,
        263,
        519,
        1031,
        2055,
        139,
        267,
        523,
        1035,
        2059,
        155,
        283,
        539,
        1051,
        2075,
        195,
        323,
        579,
        1091,
        2115
      )
    )
)
SELECT
  period_id AS period_id,
  cell_id AS cell_id,
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
      FROM counted
      UNION ALL
      SELECT
        p.period_id,
        s.cell_id,
        s.region,
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
          FROM counted AS c
          WHERE
            c.period_id = p.period_id AND c.cell_id = s.cell_id
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
    ON a.kpi = 'time_in_stage' AND a.region IS NOT DISTINCT FROM c.region
)
ORDER BY
  period_id,
  cell_id,
  currency
