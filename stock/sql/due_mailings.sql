-- The lists whose hour has come by their store's clock and which are not done with for that day. A try that ended badly,
-- or whose worker died, is due again after a pause that grows with the tries.
SELECT m.organization_id, m.id AS mailing_id, here.today::text AS due_date
  FROM stock_storemailing m
  JOIN stores_store s ON s.organization_id = m.organization_id AND s.id = m.store_id AND s.is_active
 CROSS JOIN LATERAL (SELECT (%(now)s::timestamptz AT TIME ZONE s.time_zone)::date AS today,
                            extract(hour FROM %(now)s::timestamptz AT TIME ZONE s.time_zone) AS hour) AS here
 WHERE m.is_on AND here.hour >= m.hour
   AND NOT EXISTS (
        SELECT FROM stock_mailingrun r
         WHERE r.organization_id = m.organization_id AND r.mailing_id = m.id AND r.due_date = here.today
           AND NOT (r.state IN ('failed', 'sending') AND r.attempts < %(most_attempts)s
                    AND r.started_at < %(now)s::timestamptz - r.attempts * interval '10 minutes'))
 ORDER BY m.organization_id, m.id
