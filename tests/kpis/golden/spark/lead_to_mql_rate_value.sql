WITH counted AS (
  SELECT
    period_id,
    cell_id,
    region,
    SUM(p0_region) AS p0_region,
    SUM(p0_company) AS p0_company,
    SUM(p0_rows) AS p0_rows,
    SUM(p1_region) AS p1_region,
    SUM(p1_company) AS p1_company,
    SUM(p1_rows) AS p1_rows
  FROM (
    SELECT
      c.period_id,
      c.cell_id,
      c.region,
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
        period_grain IN ('week', 'month', 'quarter')
        AND cut IN (
          0,
          4,
          1,
          5,
          9,
          25,
          65,
          128,
          256,
          512,
          132,
          260,
          516,
          129,
          257,
          513,
          133,
          261,
          517,
          137,
          265,
          521,
          153,
          281,
          537,
          193,
          321,
          577
        )
        OR is_recent
        AND cut IN (57)
      )
    UNION ALL
    SELECT
      c.period_id,
      c.cell_id,
      c.region,
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
        period_grain IN ('week', 'month', 'quarter')
        AND cut IN (
          0,
          4,
          1,
          5,
          9,
          25,
          65,
          128,
          256,
          512,
          132,
          260,
          516,
          129,
          257,
          513,
          133,
          261,
          517,
          137,
          265,
          521,
          153,
          281,
          537,
          193,
          321,
          577
        )
        OR is_recent
        AND cut IN (57)
      )
  )
  GROUP BY
    period_id,
    cell_id,
    region
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
    ON a.kpi = 'lead_to_mql_rate' AND a.region IS NOT DISTINCT FROM c.region
)
ORDER BY
  period_id,
  cell_id,
  currency
