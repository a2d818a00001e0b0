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
    WITH observed AS (
      SELECT
        p.period_id,
        CAST(f.stage AS STRING) AS stage,
        CAST(f.channel AS STRING) AS channel,
        CAST(f.region AS STRING) AS region,
        CAST(f.country AS STRING) AS country,
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
        COALESCE(CAST(NULL AS STRING)) AS member,
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
CROSS JOIN always AS s
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
