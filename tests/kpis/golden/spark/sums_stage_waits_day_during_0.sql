SELECT
  period_id,
  stage,
  channel,
  region,
  country,
  (
    1 - GROUPING(stage)
  ) * 1 + (
    1 - GROUPING(channel)
  ) * 2 + (
    1 - GROUPING(region)
  ) * 4 + (
    1 - GROUPING(country)
  ) * 8 AS cut,
  COUNT(m0_rows) AS m0_rows
FROM (
  SELECT
    p.period_id,
    CAST(stage AS STRING) AS stage,
    CAST(channel AS STRING) AS channel,
    CAST(region AS STRING) AS region,
    CAST(country AS STRING) AS country,
    CASE WHEN (
      days >= 0
    ) AND (
      NOT is_cut
    ) THEN 1 END AS m0_rows
  FROM stage_waits AS f
  JOIN span_during_0 AS s
    ON s.day = f.day
  JOIN periods AS p
    ON p.period_id = s.period_id
  WHERE
    (
      (
        (
          days >= 0
        ) AND (
          NOT is_cut
        )
      )
    )
    AND (
      (
        period_grain = 'month'
      ) OR (
        period_grain = 'quarter'
      )
    )
)
GROUP BY
  GROUPING SETS (
    (period_id, stage),
    (period_id, channel, stage),
    (period_id, region, stage),
    (period_id, region, channel, stage),
    (period_id, region, country, stage)
  )
