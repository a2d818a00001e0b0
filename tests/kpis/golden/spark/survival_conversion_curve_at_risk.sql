WITH observed AS (
  SELECT
    p.period_id,
    f.stage,
    f.channel,
    f.region,
    f.country,
    f.is_open,
    CAST(f.days AS DOUBLE) AS lasted
  FROM stage_waits AS f
  JOIN periods AS p
    ON f.day BETWEEN p.period_start AND p.period_end AND TRUE
  WHERE
    (
      days >= 0
    ) AND p.period_grain IN ('month', 'quarter') AND NOT p.is_cut
), tally AS (
  SELECT
    period_id,
    region,
    stage,
    channel,
    country,
    CAST(NULL AS STRING) AS subdivision,
    CAST(NULL AS STRING) AS city,
    CAST(NULL AS STRING) AS rep,
    CAST(NULL AS STRING) AS breakdown,
    CAST(NULL AS STRING) AS member,
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
      (period_id, lasted, region, country, stage)
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
  age,
  region,
  stage,
  channel,
  country,
  subdivision,
  city,
  rep,
  breakdown,
  member,
  NULL AS currency,
  CASE WHEN NOT status IN ('missing', 'null') THEN numerator END AS numerator,
  CASE WHEN NOT status IN ('missing', 'null') THEN denominator END AS denominator,
  CASE WHEN NOT status IN ('missing', 'null') THEN value END AS value,
  status,
  CASE WHEN status <> 'missing' THEN n ELSE 0 END AS n
FROM (
  SELECT
    c.period_id,
    c.region,
    c.stage,
    c.channel,
    c.country,
    c.subdivision,
    c.city,
    c.rep,
    c.breakdown,
    c.member,
    c.age,
    c.at_risk AS numerator,
    c.n AS denominator,
    c.at_risk / CAST(c.n AS DOUBLE) AS value,
    c.n,
    CASE
      WHEN a.first_day IS NULL OR NOT p.period_end BETWEEN a.first_day AND a.last_day
      THEN 'missing'
      WHEN c.n = 0
      THEN 'null'
      WHEN DATEDIFF(CAST('2026-10-31' AS DATE), p.period_end) < c.age
      THEN 'immature'
      ELSE 'ok'
    END AS status
  FROM (
    SELECT
      *
    FROM (
      SELECT
        e.period_id,
        a.age,
        e.region,
        e.stage,
        e.channel,
        e.country,
        e.subdivision,
        e.city,
        e.rep,
        e.breakdown,
        e.member,
        SUM(e.seen) AS n,
        MIN(CASE WHEN e.lasted <= a.age THEN e.survival ELSE 1 END) AS survival,
        SUM(CASE WHEN e.lasted >= a.age THEN e.seen ELSE 0 END) AS at_risk
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
      CROSS JOIN VALUES
        (7),
        (14),
        (30),
        (60),
        (90),
        (120),
        (150),
        (180) AS a(age)
      GROUP BY
        e.period_id,
        a.age,
        e.region,
        e.stage,
        e.channel,
        e.country,
        e.subdivision,
        e.city,
        e.rep,
        e.breakdown,
        e.member
    ) AS k
    WHERE
      at_risk > 0 OR survival = 0
    UNION ALL
    SELECT
      p.period_id,
      7,
      s.region,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      NULL,
      0,
      1,
      0
    FROM periods AS p
    CROSS JOIN spine AS s
    WHERE
      p.period_grain IN ('month', 'quarter')
      AND NOT p.is_cut
      AND NOT EXISTS(
        SELECT
          1
        FROM stage_waits AS f
        WHERE
          f.day BETWEEN p.period_start AND p.period_end
          AND TRUE
          AND (
            days >= 0
          )
          AND (
            s.region IS NULL OR f.region = CAST(s.region AS STRING)
          )
      )
  ) AS c
  JOIN periods AS p
    ON p.period_id = c.period_id
  LEFT JOIN availability AS a
    ON a.kpi = 'survival_conversion_curve' AND a.region = COALESCE(c.region, 'company')
) AS judged
ORDER BY
  period_id NULLS LAST,
  age NULLS LAST,
  region,
  stage,
  channel,
  country,
  subdivision,
  city,
  rep,
  breakdown,
  member
