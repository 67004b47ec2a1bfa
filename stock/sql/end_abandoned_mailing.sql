-- A try of a list whose worker died, and which nobody takes up any more: it was the last one, or its day is over. The same
-- pause as for another try.
UPDATE stock_mailingrun r
   SET state = 'failed', finished_at = %(now)s::timestamptz, error = %(error)s
 WHERE r.organization_id = %(organization)s AND r.mailing_id = %(mailing)s AND r.due_date = %(due_date)s::date
   AND r.state = 'sending' AND r.started_at < %(now)s::timestamptz - r.attempts * interval '10 minutes'
   AND (r.attempts >= %(most_attempts)s OR r.due_date < (%(now)s::timestamptz - interval '36 hours')::date)
RETURNING r.id
