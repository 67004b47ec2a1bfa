-- Mailed orders whose hint was lost, whose worker died or whose try failed: after a pause that grows with the tries. Also
-- the last try of a worker that died, which is only to be ended, whatever became of the order.
SELECT l.organization_id, l.id AS letter_id
  FROM stock_purchaseletter l
  JOIN stock_purchaseorder o ON o.organization_id = l.organization_id AND o.id = l.order_id
 WHERE l.state <> 'sent'
   AND (o.status NOT IN ('closed', 'cancelled') OR l.state = 'sending')
   AND (l.state = 'waiting' AND l.asked_at < %(now)s::timestamptz - interval '30 seconds'
        OR (l.state = 'sending' OR l.state = 'failed' AND l.attempts < %(most)s)
           AND l.started_at < %(now)s::timestamptz - l.attempts * interval '10 minutes')
 ORDER BY l.asked_at
 LIMIT 1000
