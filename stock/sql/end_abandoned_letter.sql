-- The try of a letter whose worker died, and which nobody takes up any more: it was the last one, or the order has ended.
UPDATE stock_purchaseletter l
   SET state = 'failed', finished_at = %(now)s::timestamptz, error = %(error)s
 WHERE l.organization_id = %(organization)s AND l.id = %(letter)s AND l.state = 'sending'
   AND l.started_at < %(now)s::timestamptz - l.attempts * interval '10 minutes'
   AND (l.attempts >= %(most)s
        OR EXISTS (SELECT FROM stock_purchaseorder o
                    WHERE o.organization_id = l.organization_id AND o.id = l.order_id AND o.status IN ('closed', 'cancelled')))
RETURNING l.id
