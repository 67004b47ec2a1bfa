-- Claim idempotency keys, in one order so that writers never wait in a circle; of rows with one key the first gets it.
-- A concurrent request with the same key waits here for the first to end. Returns the movements that own their key.
INSERT INTO stock_movementkey (organization_id, key, fingerprint, movement_id, recorded_at)
SELECT %(organization)s, key, fingerprint, id, now()
  FROM ROWS FROM (json_to_recordset(%(claims)s::json) AS (key text, fingerprint bigint, id uuid))
       WITH ORDINALITY AS c (key, fingerprint, id, arrival)
 ORDER BY key, arrival
ON CONFLICT DO NOTHING
RETURNING movement_id::text AS id
