WITH ordered AS (
  SELECT
    s.stage,
    LEAD(s.stage) OVER (ORDER BY s.position NULLS LAST) AS next_stage
  FROM stages AS s
  JOIN stages AS w
    ON w.stage = 'won'
  WHERE
    s.position BETWEEN 0 AND w.position
), ways AS (
  SELECT
    person_id,
    CAST(NULL AS STRING) AS opportunity_id,
    stage,
    position,
    day,
    MIN(day) OVER (
      PARTITION BY person_id
      ORDER BY position NULLS LAST
      rows BETWEEN 1 following AND UNBOUNDED following
    ) AS moved_on,
    MAX(CASE WHEN stage = 'won' THEN day END) OVER (PARTITION BY person_id) AS won_on
  FROM entries
  UNION ALL
  SELECT
    NULL,
    opportunity_id,
    stage,
    position,
    day,
    MIN(day) OVER (
      PARTITION BY opportunity_id
      ORDER BY position NULLS LAST
      rows BETWEEN 1 following AND UNBOUNDED following
    ),
    MAX(CASE WHEN stage = 'won' THEN day END) OVER (PARTITION BY opportunity_id)
  FROM deal_entries
), outcomes AS (
  SELECT
    *,
    'entered' AS outcome,
    0 AS days_taken
  FROM ways
  UNION ALL
  SELECT
    *,
    'moved_on',
    DATEDIFF(moved_on, day)
  FROM ways
  WHERE
    NOT moved_on IS NULL
  UNION ALL
  SELECT
    *,
    'won',
    DATEDIFF(won_on, day)
  FROM ways
  WHERE
    NOT won_on IS NULL
), carried AS (
  SELECT
    w.*,
    n.next_stage
  FROM outcomes AS w
  JOIN ordered AS n
    ON n.stage = w.stage
  JOIN stages AS o
    ON o.stage = 'opportunity'
  WHERE
    NOT CASE WHEN w.position < o.position THEN w.person_id ELSE w.opportunity_id END IS NULL
)
SELECT
  p.person_id AS entity_id,
  w.day,
  w.stage,
  w.next_stage,
  w.outcome,
  w.days_taken,
  p.region,
  p.channel,
  p.campaign,
  p.country,
  p.subdivision,
  p.city,
  p.rep,
  p.team,
  p.segment,
  'unknown' AS product,
  'unknown' AS opportunity_type
FROM carried AS w
JOIN people AS p
  ON p.person_id = w.person_id
UNION ALL
SELECT
  'deal ' || o.opportunity_id,
  w.day,
  w.stage,
  w.next_stage,
  w.outcome,
  w.days_taken,
  o.region,
  o.channel,
  o.campaign,
  o.country,
  o.subdivision,
  o.city,
  o.rep,
  o.team,
  o.segment,
  o.product,
  o.opportunity_type
FROM carried AS w
JOIN known_opportunities AS o
  ON o.opportunity_id = w.opportunity_id
