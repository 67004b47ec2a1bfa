-- Keep what was found, in its line's present round. A key that is known already adds nothing; a concurrent request
-- with the same key waits here for the first to end.
INSERT INTO stock_stockcountentry (
    organization_id, count_id, line_id, round, quantity, place, counted_at, recorded_at, counter_id, counter, key, fingerprint,
    voided_by)
SELECT %(organization)s, %(count)s, l.id, l.round, e.quantity, e.place, e.counted_at, now(), %(counter_id)s, %(counter)s,
       e.key, e.fingerprint, ''
  FROM json_to_recordset(%(entries)s::json) AS e (
       product bigint, quantity numeric, place text, counted_at timestamptz, key text, fingerprint bigint)
  JOIN stock_stockcountline l
    ON l.organization_id = %(organization)s AND l.count_id = %(count)s AND l.product_id = e.product
 ORDER BY e.key
ON CONFLICT (organization_id, count_id, key) DO NOTHING
RETURNING key
