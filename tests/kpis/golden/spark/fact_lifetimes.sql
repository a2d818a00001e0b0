WITH months AS (
  SELECT
    CAST(d.day AS DATE) AS month_start,
    LAST_DAY(d.day) AS month_end
  FROM days AS d
  WHERE
    EXTRACT(DAY FROM d.day) = 1
), active AS (
  SELECT DISTINCT
    m.month_start,
    s.payer_id
  FROM months AS m
  JOIN payer_mrr AS s
    ON s.plan = 'all'
    AND s.product = 'all'
    AND s.from_day <= m.month_end
    AND s.to_day > m.month_end
), gone AS (
  SELECT
    t.payer_id,
    MIN(m.month_start) AS month_start
  FROM customer_traits AS t
  JOIN months AS m
    ON m.month_end >= t.first_day
  LEFT JOIN active AS a
    ON a.month_start = m.month_start AND a.payer_id = t.payer_id
  WHERE
    a.payer_id IS NULL
  GROUP BY
    t.payer_id
), payer_regions AS (
  SELECT DISTINCT
    payer_id,
    region
  FROM payer_mrr
), pairs AS (
  SELECT DISTINCT
    period_start AS since,
    period_end AS day,
    CAST(DATE_TRUNC('MONTH', period_end + INTERVAL '1' DAY) AS DATE) AS after_last
  FROM periods
  WHERE
    period_grain IN ('month', 'quarter', 'year', 'rolling_12m')
)
SELECT
  p.since,
  p.day,
  t.payer_id,
  COALESCE(g.month_start >= p.after_last, TRUE) AS is_open,
  CASE
    WHEN g.month_start < p.after_last
    THEN (
      (
        YEAR(g.month_start) - YEAR(t.first_day)
      ) * 12 + (
        MONTH(g.month_start) - MONTH(t.first_day)
      )
    )
    ELSE (
      (
        YEAR(p.after_last) - YEAR(t.first_day)
      ) * 12 + (
        MONTH(p.after_last) - MONTH(t.first_day)
      )
    ) - 1
  END AS months,
  r.region,
  t.channel,
  t.country,
  t.subdivision,
  t.segment
FROM pairs AS p
JOIN customer_traits AS t
  ON t.first_day < p.after_last
JOIN payer_regions AS r
  ON r.payer_id = t.payer_id
LEFT JOIN gone AS g
  ON g.payer_id = t.payer_id
