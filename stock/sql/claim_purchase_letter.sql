-- The right to mail one order, for one try: a row for the first who asks, none for everybody else, and none when the
-- order has ended since. A try that failed, or whose worker died, may be claimed again after a pause that grows.
UPDATE stock_purchaseletter l
   SET state = 'sending', attempts = l.attempts + 1, started_at = %(now)s::timestamptz, finished_at = NULL, error = ''
 WHERE l.organization_id = %(organization)s AND l.id = %(letter)s
   AND (l.state = 'waiting' OR l.state IN ('failed', 'sending') AND l.attempts < %(most)s
        AND l.started_at < %(now)s::timestamptz - l.attempts * interval '10 minutes')
   AND EXISTS (SELECT FROM stock_purchaseorder o
                WHERE o.organization_id = l.organization_id AND o.id = l.order_id AND o.status NOT IN ('closed', 'cancelled'))
RETURNING l.id
