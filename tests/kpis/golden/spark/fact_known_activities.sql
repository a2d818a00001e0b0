WITH numbered AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY activity_id ORDER BY updated_at NULLS LAST, _source NULLS LAST) AS nth,
    LEAD(updated_at) OVER (PARTITION BY activity_id ORDER BY updated_at NULLS LAST, _source NULLS LAST) AS next_at,
    FIRST_VALUE(lead_id) IGNORE NULLS OVER w AS first_lead_id,
    FIRST_VALUE(account_id) IGNORE NULLS OVER w AS first_account_id,
    FIRST_VALUE(opportunity_id) IGNORE NULLS OVER w AS first_opportunity_id
  FROM activities
  WINDOW w AS (
    PARTITION BY activity_id
    ORDER BY updated_at NULLS LAST, _source NULLS LAST
    rows BETWEEN UNBOUNDED preceding AND UNBOUNDED following
  )
), test_deals AS (
  SELECT DISTINCT
    opportunity_id
  FROM opportunities
  WHERE
    is_test
), placed AS (
  SELECT
    v.activity_id,
    o.opportunity_id,
    COALESCE(p.person_id, o.person_id) AS person_id,
    LEAST(v.booked_at, v.sent_at, v.started_at) AS existed_at,
    COALESCE(
      p.person_id,
      o.person_id,
      m.survivor_id,
      v.first_lead_id,
      'account ' || COALESCE(v.first_account_id, o.account_id)
    ) AS prospect,
    COALESCE(p.region, o.region, l.region, a.region, s.region, c.region, 'unassigned') AS region,
    COALESCE(p.channel, o.channel, l.channel, a.channel, 'unknown') AS channel,
    COALESCE(p.campaign, o.campaign, l.campaign_id, a.campaign_id, 'unknown') AS campaign,
    COALESCE(p.country, o.country, l.country, a.country, v.country, 'unknown') AS country,
    COALESCE(p.subdivision, o.subdivision, l.subdivision, a.subdivision, v.subdivision, 'unknown') AS subdivision
  FROM numbered AS v
  LEFT JOIN known_leads AS l
    ON l.lead_id = v.first_lead_id
  LEFT JOIN awaited_leads AS w
    ON w.lead_id = v.first_lead_id
  LEFT JOIN lead_merges AS m
    ON m.lead_id = v.first_lead_id
  LEFT JOIN people AS p
    ON p.person_id = COALESCE(m.survivor_id, v.first_lead_id)
  LEFT JOIN known_opportunities AS o
    ON o.opportunity_id = v.first_opportunity_id
  LEFT JOIN test_deals AS t
    ON t.opportunity_id = v.first_opportunity_id
  LEFT JOIN known_accounts AS a
    ON a.account_id = COALESCE(v.first_account_id, o.account_id)
  LEFT JOIN places AS s
    ON s.place = v.subdivision
  LEFT JOIN places AS c
    ON c.place = v.country
  WHERE
    v.nth = 1
    AND t.opportunity_id IS NULL
    AND NOT COALESCE(l.is_test, FALSE)
    AND NOT COALESCE(a.is_test, FALSE)
    AND (
      w.lead_id IS NULL OR NOT o.opportunity_id IS NULL
    )
), stamped AS (
  SELECT
    v.*,
    r.cutoff,
    r.timezone,
    v.started_at < r.cutoff AS has_begun
  FROM numbered AS v
  JOIN placed AS p
    ON p.activity_id = v.activity_id
  JOIN regions AS r
    ON r.region = p.region
  WHERE
    p.existed_at < r.cutoff
    AND CASE
      WHEN v.updated_at < r.cutoff
      THEN v.next_at IS NULL OR v.next_at >= r.cutoff
      ELSE v.nth = 1
    END
), known AS (
  SELECT
    k.activity_id,
    k.type AS activity_type,
    p.person_id,
    p.opportunity_id,
    p.prospect,
    k.is_automated,
    k.has_begun,
    COALESCE(
      k.direction,
      CASE
        WHEN k.type IN ('approach', 'meeting', 'presentation', 'demo')
        THEN 'outbound'
      END,
      'unknown'
    ) AS direction,
    COALESCE(k.purpose, 'unknown') AS purpose,
    COALESCE(k.program_type, 'unknown') AS program_type,
    COALESCE(CASE WHEN k.has_begun THEN k.outcome END, 'unknown') AS outcome,
    COALESCE(k.is_follow_up, k.purpose = 'follow_up', FALSE) AS is_follow_up,
    k.duration_minutes AS minutes,
    k.started_at,
    CASE WHEN k.booked_at < k.cutoff THEN k.booked_at END AS booked_at,
    COALESCE(k.sent_at, k.started_at) AS sent_at,
    CASE
      WHEN k.delivered_at < k.cutoff AND k.bounced_at IS NULL
      THEN k.delivered_at
    END AS delivered_at,
    CASE WHEN k.first_open_at < k.cutoff THEN k.first_open_at END AS opened_at,
    CASE WHEN k.first_click_at < k.cutoff THEN k.first_click_at END AS clicked_at,
    COALESCE(k.is_machine_open, FALSE) AS is_machine_open,
    COALESCE(k.campaign_id, 'unknown') AS own_campaign,
    COALESCE(k.rep_id, 'unassigned') AS rep,
    COALESCE(k.team, t.team, 'unknown') AS team,
    k.timezone,
    p.region,
    p.channel,
    p.campaign,
    p.country,
    p.subdivision
  FROM stamped AS k
  JOIN placed AS p
    ON p.activity_id = k.activity_id
  LEFT JOIN known_reps AS t
    ON t.rep_id = k.rep_id
), copies AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY rep, activity_type, direction, DATE_TRUNC('MINUTE', started_at), prospect, CASE WHEN is_automated OR prospect IS NULL THEN activity_id END
      ORDER BY CASE WHEN outcome = 'unknown' THEN 1 ELSE 0 END NULLS LAST, activity_id NULLS LAST
    ) AS nth
  FROM known
)
SELECT
  activity_id,
  activity_type,
  person_id,
  opportunity_id,
  prospect,
  is_automated,
  has_begun,
  direction,
  purpose,
  program_type,
  outcome,
  is_follow_up,
  minutes,
  started_at,
  booked_at,
  sent_at,
  delivered_at,
  opened_at,
  clicked_at,
  is_machine_open,
  own_campaign,
  rep,
  team,
  timezone,
  region,
  channel,
  campaign,
  country,
  subdivision,
  CAST(FROM_UTC_TIMESTAMP(started_at, timezone) AS DATE) AS day,
  activity_type IN ('meeting', 'presentation', 'demo') AS is_meeting,
  NOT is_automated
  AND direction = 'outbound'
  AND activity_type IN ('call', 'email', 'voicemail', 'social') AS is_attempt,
  NOT is_automated
  AND direction = 'outbound'
  AND has_begun
  AND (
    NOT activity_type IN ('meeting', 'presentation', 'demo') OR outcome = 'held'
  ) AS is_contact
FROM copies
WHERE
  nth = 1
