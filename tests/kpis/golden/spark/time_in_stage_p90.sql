SELECT
  period_id AS period_id,
  cell_id AS cell_id,
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
        c.cell_id,
        c.region,
        m0_rows AS n,
        q0 AS median,
        q1 AS p90
      FROM quantiles_stage_visits_day_during_0 AS c
      JOIN periods AS p
        ON p.period_id = c.period_id
      WHERE
        m0_rows > 0
        AND (
          period_grain IN ('week', 'month', 'quarter') AND cut IN (2, 6, 3, 7, 11, 27, 67)
        )
    )
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
