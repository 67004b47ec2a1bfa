-- Claim idempotency keys, in one order so that writers never wait in a circle. A concurrent request with the same key
-- waits here for the first to end. Returns the movements that own their key.
INSERT INTO stock_movementkey (organization_id, key, fingerprint, movement_id, recorded_at)
SELECT %(organization)s, key, fingerprint, id, now()
  FROM json_to_recordset(%(claims)s::json) AS c (key text, fingerprint bigint, id uuid)
 ORDER BY key
ON CONFLICT DO NOTHING
RETURNING movement_id::text AS id
