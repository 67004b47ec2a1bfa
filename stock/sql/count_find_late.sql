-- Counts whose store has movements that were applied after the count was last looked at and were effective at or before
-- the latest moment counted. Across organisations: ids only.
SELECT c.organization_id, c.id
  FROM stock_stockcount c
 WHERE c.state = 'posted' AND c.posted_at > %(since)s
   AND EXISTS (
        SELECT FROM stock_stockmovement m
         WHERE m.organization_id = c.organization_id AND m.store_id = c.store_id
           -- Accepted long before it was applied: a day is more than any lane waits.
           AND m.id >= stock_first_id_at(c.checked_at - interval '1 day')
           AND m.applied_at >= c.checked_at - interval '1 minute' AND m.effective_at <= c.last_counted_at
           AND m.status = 'applied' AND m.kind <> 'count_adjustment')
 ORDER BY c.organization_id, c.last_counted_at
