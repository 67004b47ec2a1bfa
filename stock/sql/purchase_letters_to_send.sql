-- Mailed orders whose hint was lost, whose worker died or whose try failed: after a pause that grows with the tries.
SELECT l.organization_id, l.id AS letter_id
  FROM stock_purchaseletter l
  JOIN stock_purchaseorder o ON o.organization_id = l.organization_id AND o.id = l.order_id
 WHERE l.state <> 'sent' AND o.status NOT IN ('closed', 'cancelled')
   AND (l.state = 'waiting' AND l.asked_at < %(now)s::timestamptz - interval '30 seconds'
        OR l.state IN ('failed', 'sending') AND l.attempts < %(most)s
           AND l.started_at < %(now)s::timestamptz - l.attempts * interval '10 minutes')
 ORDER BY l.asked_at
 LIMIT 1000
