SELECT
  period_id,
  channel,
  region,
  country,
  subdivision,
  rep,
  CAST(NULL AS STRING) AS city,
  campaign,
  team,
  segment,
  (
    1 - GROUPING(channel)
  ) * 1 + (
    1 - GROUPING(region)
  ) * 2 + (
    1 - GROUPING(country)
  ) * 4 + (
    1 - GROUPING(subdivision)
  ) * 8 + (
    1 - GROUPING(rep)
  ) * 16 + (
    1 - GROUPING(campaign)
  ) * 64 + (
    1 - GROUPING(team)
  ) * 128 + (
    1 - GROUPING(segment)
  ) * 256 AS cut,
  COUNT(m0_rows) AS m0_rows
FROM (
  SELECT
    p.period_id,
    CAST(channel AS STRING) AS channel,
    CAST(region AS STRING) AS region,
    CAST(country AS STRING) AS country,
    CAST(subdivision AS STRING) AS subdivision,
    CAST(rep AS STRING) AS rep,
    CAST(city AS STRING) AS city,
    CAST(campaign AS STRING) AS campaign,
    CAST(team AS STRING) AS team,
    CAST(segment AS STRING) AS segment,
    CASE
      WHEN (
        stage = 'lead' AND reached = 'mql'
      ) AND (
        days_taken <= 30
      )
      THEN 1
    END AS m0_rows
  FROM conversions AS f
  JOIN span_during_0 AS s
    ON s.day = f.day
  JOIN periods AS p
    ON p.period_id = s.period_id
  WHERE
    (
      (
        (
          stage = 'lead' AND reached = 'mql'
        ) AND (
          days_taken <= 30
        )
      )
    )
    AND (
      (
        period_grain = 'week'
      )
      OR (
        period_grain = 'month'
      )
      OR (
        period_grain = 'quarter'
      )
    )
)
GROUP BY
  GROUPING SETS (
    (
      period_id
    ),
    (period_id, channel),
    (period_id, region),
    (period_id, region, channel),
    (period_id, region, country),
    (period_id, region, country, subdivision),
    (period_id, region, rep),
    (period_id, campaign),
    (period_id, team),
    (period_id, segment),
    (period_id, channel, campaign),
    (period_id, channel, team),
    (period_id, channel, segment),
    (period_id, region, campaign),
    (period_id, region, team),
    (period_id, region, segment),
    (period_id, region, channel, campaign),
    (period_id, region, channel, team),
    (period_id, region, channel, segment),
    (period_id, region, country, campaign),
    (period_id, region, country, team),
    (period_id, region, country, segment),
    (period_id, region, country, subdivision, campaign),
    (period_id, region, country, subdivision, team),
    (period_id, region, country, subdivision, segment),
    (period_id, region, rep, campaign),
    (period_id, region, rep, team),
    (period_id, region, rep, segment)
  )
UNION ALL
SELECT
  period_id,
  CAST(NULL AS STRING) AS channel,
  region,
  country,
  subdivision,
  CAST(NULL AS STRING) AS rep,
  city,
  CAST(NULL AS STRING) AS campaign,
  CAST(NULL AS STRING) AS team,
  CAST(NULL AS STRING) AS segment,
  (
    1 - GROUPING(region)
  ) * 2 + (
    1 - GROUPING(country)
  ) * 4 + (
    1 - GROUPING(subdivision)
  ) * 8 + (
    1 - GROUPING(city)
  ) * 32 AS cut,
  COUNT(m0_rows) AS m0_rows
FROM (
  SELECT
    p.period_id,
    CAST(channel AS STRING) AS channel,
    CAST(region AS STRING) AS region,
    CAST(country AS STRING) AS country,
    CAST(subdivision AS STRING) AS subdivision,
    CAST(rep AS STRING) AS rep,
    CAST(city AS STRING) AS city,
    CAST(campaign AS STRING) AS campaign,
    CAST(team AS STRING) AS team,
    CAST(segment AS STRING) AS segment,
    CASE
      WHEN (
        stage = 'lead' AND reached = 'mql'
      ) AND (
        days_taken <= 30
      )
      THEN 1
    END AS m0_rows
  FROM conversions AS f
  JOIN span_during_0 AS s
    ON s.day = f.day
  JOIN periods AS p
    ON p.period_id = s.period_id
  WHERE
    (
      (
        (
          stage = 'lead' AND reached = 'mql'
        ) AND (
          days_taken <= 30
        )
      )
    )
    AND (
      (
        period_grain = 'month' AND is_recent
      )
    )
)
GROUP BY
  GROUPING SETS (
    (period_id, region, country, subdivision, city)
  )
