WITH firsts AS (
  SELECT DISTINCT
    payer_id,
    region,
    plan,
    first_day
  FROM payer_mrr
  WHERE
    product = 'all' AND from_day = first_day
), months AS (
  SELECT
    period_start,
    period_end
  FROM periods
  WHERE
    period_grain = 'month' AND NOT is_cut
), standing AS (
  SELECT DISTINCT
    s.payer_id,
    m.period_start
  FROM months AS m
  JOIN payer_mrr AS s
    ON s.plan = 'all'
    AND s.product = 'all'
    AND s.from_day <= m.period_end
    AND s.to_day > m.period_end
), aged AS (
  SELECT
    f.payer_id,
    f.region,
    f.plan,
    f.first_day,
    m.period_start,
    NOT s.payer_id IS NULL AS is_active
  FROM firsts AS f
  JOIN months AS m
    ON m.period_end >= f.first_day
  LEFT JOIN standing AS s
    ON s.payer_id = f.payer_id AND s.period_start = m.period_start
)
SELECT
  m.payer_id,
  m.first_day AS day,
  CAST((
    (
      YEAR(m.period_start) - YEAR(m.first_day)
    ) * 12 + (
      MONTH(m.period_start) - MONTH(m.first_day)
    )
  ) AS INT) AS age,
  m.is_active,
  m.region,
  m.plan,
  t.channel,
  t.country,
  t.subdivision,
  t.segment,
  t.account_owner,
  t.cohort_month
FROM aged AS m
JOIN customer_traits AS t
  ON t.payer_id = m.payer_id
