-- The organisation's next number of this kind. Whoever draws next waits until this transaction ends, so draw late.
INSERT INTO stock_papernumber AS n (organization_id, kind, last) VALUES (%(organization)s, %(kind)s, 1)
ON CONFLICT (organization_id, kind) DO UPDATE SET last = n.last + 1
RETURNING last
