WITH stretches AS (
  SELECT
    payer_id,
    from_day,
    to_day
  FROM payer_mrr
  WHERE
    plan = 'all' AND product = 'all'
), ends AS (
  SELECT DISTINCT
    payer_id,
    CAST(DATE_TRUNC('MONTH', to_day) AS DATE) AS month_start,
    LAST_DAY(to_day) AS month_end
  FROM stretches
  WHERE
    to_day < CAST('9999-12-31' AS DATE)
), gone AS (
  SELECT
    e.payer_id,
    MIN(e.month_start) AS month_start
  FROM ends AS e
  LEFT JOIN stretches AS s
    ON s.payer_id = e.payer_id AND s.from_day <= e.month_end AND s.to_day > e.month_end
  WHERE
    s.payer_id IS NULL
  GROUP BY
    e.payer_id
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
