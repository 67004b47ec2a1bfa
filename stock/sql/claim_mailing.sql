-- The right to send one list of one day, for one try: a row for the first who asks, none for everybody else, and none
-- when it was switched off since the bell was rung. A try that failed, or whose worker died, may be claimed again after
-- a pause that grows with the tries.
INSERT INTO stock_mailingrun AS r (organization_id, mailing_id, due_date, state, attempts, started_at, rows, addresses, error)
SELECT m.organization_id, m.id, %(due_date)s::date, 'sending', 1, %(now)s::timestamptz, 0, '{}', ''
  FROM stock_storemailing m
 WHERE m.organization_id = %(organization)s AND m.id = %(mailing)s AND m.is_on
ON CONFLICT (organization_id, mailing_id, due_date) DO UPDATE
   SET state = 'sending', attempts = r.attempts + 1, started_at = excluded.started_at, finished_at = NULL
 WHERE r.state IN ('failed', 'sending') AND r.attempts < %(most_attempts)s
   AND r.started_at < excluded.started_at - r.attempts * interval '10 minutes'
RETURNING r.id
