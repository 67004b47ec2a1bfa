-- The organisation's next transfer number. Whoever draws next waits until this transaction ends, so draw late.
INSERT INTO stock_transfernumber AS n (organization_id, last) VALUES (%(organization)s, 1)
ON CONFLICT (organization_id) DO UPDATE SET last = n.last + 1
RETURNING last
