-- Claim an idempotency key. A concurrent request with the same key waits here for the first to end; no row: it is taken.
INSERT INTO stock_transferkey (organization_id, key, fingerprint, answer)
VALUES (%(organization)s, %(key)s, %(fingerprint)s, '')
ON CONFLICT DO NOTHING
RETURNING key
