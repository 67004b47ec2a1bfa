-- The lists whose time has come and which are not done with for that day: by the organisation's clock where it has a
-- schedule for this kind, else from the list's own hour on by its store's clock. A try that ended badly, or whose worker
-- died, is due again after a pause that grows with the tries.
SELECT m.organization_id, m.id AS mailing_id, here.now::date::text AS due_date
  FROM stock_storemailing m
  JOIN stores_store s ON s.organization_id = m.organization_id AND s.id = m.store_id AND s.is_active
  JOIN accounts_organization o ON o.id = m.organization_id
  LEFT JOIN stock_mailingschedule k ON k.organization_id = m.organization_id AND k.kind = m.kind
 CROSS JOIN LATERAL (SELECT %(now)s::timestamptz AT TIME ZONE CASE WHEN k.id IS NULL THEN s.time_zone ELSE o.time_zone END
                            AS now) AS here
 WHERE m.is_on AND here.now::time >= coalesce(k.at, make_time(m.hour, 0, 0))
   AND (k.id IS NULL OR (extract(isodow FROM here.now) - 1)::smallint = ANY(k.weekdays))
   AND NOT EXISTS (
        SELECT FROM stock_mailingrun r
         WHERE r.organization_id = m.organization_id AND r.mailing_id = m.id AND r.due_date = here.now::date
           AND NOT (r.state IN ('failed', 'sending') AND r.attempts < %(most_attempts)s
                    AND r.started_at < %(now)s::timestamptz - r.attempts * interval '10 minutes'))
 UNION
-- Tries whose worker died, and which are only to be ended.
SELECT r.organization_id, r.mailing_id, r.due_date::text
  FROM stock_mailingrun r
 WHERE r.state = 'sending' AND r.started_at < %(now)s::timestamptz - r.attempts * interval '10 minutes'
   AND (r.attempts >= %(most_attempts)s OR r.due_date < (%(now)s::timestamptz - interval '36 hours')::date)
 ORDER BY 1, 2
