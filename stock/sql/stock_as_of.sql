-- What was on hand of some balances at an instant, as far as was known at another (docs/adr/0009): the closing balance of
-- the last day kept that was over by the one and known by the other, what happened since, and what became known late.
-- Instants are exclusive bounds; a date is the end of that business day in each store's own time zone.
WITH asked AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(balances)s::json) AS b (store_id bigint, product_id bigint)
), bounds AS (
    SELECT s.id AS store_id,
           coalesce(%(before)s::timestamptz, stock_day_end(%(day)s::date, s.time_zone)) AS before,
           coalesce(%(known_before)s::timestamptz, stock_day_end(%(known_day)s::date, s.time_zone), 'infinity') AS known_before
      FROM stores_store s
     WHERE s.organization_id = %(organization)s AND s.id IN (SELECT store_id FROM asked)
), place AS MATERIALIZED (
    SELECT b.*, d.date, coalesce(d.ends_at, '-infinity') AS ends_at, d.known_at, d.sequence
      FROM bounds b
      LEFT JOIN LATERAL (
            SELECT * FROM stock_snapshotday d
             WHERE d.organization_id = %(organization)s AND d.store_id = b.store_id
               AND d.ends_at <= b.before AND d.known_at <= b.known_before
             ORDER BY d.date DESC LIMIT 1) d ON true
)
SELECT a.store_id, a.product_id, p.before, nullif(p.known_before, 'infinity') AS known_before,
       coalesce(kept.on_hand, 0) + coalesce(since.quantity, 0) + coalesce(late.quantity, 0) AS on_hand
  FROM asked a
  JOIN place p USING (store_id)
  LEFT JOIN LATERAL (
        SELECT on_hand FROM stock_stocksnapshot s
         WHERE s.organization_id = %(organization)s AND s.store_id = a.store_id AND s.product_id = a.product_id
           AND s.date <= p.date
         ORDER BY s.date DESC LIMIT 1) kept ON true
  CROSS JOIN LATERAL (
        SELECT sum(quantity) AS quantity FROM stock_stockmovement m
         WHERE m.organization_id = %(organization)s AND m.store_id = a.store_id AND m.product_id = a.product_id
           AND m.effective_at >= p.ends_at AND m.effective_at < p.before
           AND m.status = 'applied' AND m.recorded_at < p.known_before) since
  CROSS JOIN LATERAL (
        SELECT sum(quantity) AS quantity FROM stock_stockmovement m
         WHERE m.organization_id = %(organization)s AND m.store_id = a.store_id AND m.product_id = a.product_id
           AND m.effective_at < p.ends_at AND (m.recorded_at >= p.known_at OR m.sequence > p.sequence)
           AND greatest(m.applied_at, m.recorded_at) - m.effective_at >= interval '1 hour'
           AND m.status = 'applied' AND m.recorded_at < p.known_before) late
