-- What is to be done with the good rows: per store and product, in order of time. A row may move a quantity, set the
-- stock to a target before that, or both: in a unified file the stock before a sale is stock_after_sale + quantity.
-- Where the ledger already knows something later than the file's last word, or the sales are said to be part of today's
-- stock, the sales are covered by an adjustment of their sum and today's stock stays as it is.
INSERT INTO stock_import_plan (
    place, line, store, product, kind, quantity, target, covers, at, price, cost, reference, fingerprint, changed)
WITH good AS NOT MATERIALIZED (
    -- A product this import added has its id by now, and its rows the names by which another file's are known.
    SELECT r.line, r.store_id, coalesce(r.product_id, p.product_id) AS product_id, r.at, r.quantity, r.price, r.stock,
           CASE WHEN NOT %(records)s THEN round(nullif(r.unit_cost, 0), 4) END AS cost, r.operation, r.reference, r.changed,
           CASE WHEN r.product_id IS NOT NULL OR %(kind)s <> 'unified' THEN r.fingerprint
                ELSE stock_import_fingerprint(%(kind)s::text, %(job)s::bigint, r.store_id, r.key, p.product_id, r.at, r.quantity,
                                              r.price, r.stock, r.operation, r.reference, NULL) END AS fingerprint
      FROM stock_import_row r LEFT JOIN stock_import_product p ON p.key = r.key
     WHERE r.outcome = '' AND coalesce(r.product_id, p.product_id) IS NOT NULL AND r.store_id IS NOT NULL
       AND (r.stock IS NOT NULL OR NOT %(records)s)
), bounds AS MATERIALIZED (
    SELECT min(last) AS first_last, array_agg(DISTINCT store_id) AS stores
      FROM (SELECT store_id, key, max(at) AS last FROM stock_import_row WHERE outcome = '' GROUP BY store_id, key) lasts
), later AS MATERIALIZED (
    SELECT m.store_id, m.product_id, max(m.effective_at) AS at
      FROM stock_stockmovement m
     WHERE %(kind)s = 'unified' AND m.organization_id = %(organization)s AND m.status = 'applied'
       AND m.effective_at > (SELECT first_last FROM bounds) AND m.store_id = ANY((SELECT stores FROM bounds)::bigint[])
     GROUP BY m.store_id, m.product_id
), known AS (
    SELECT g.*, coalesce(later.at > max(g.at) OVER (PARTITION BY g.store_id, g.product_id), false) OR %(keeps_stock)s AS covers
      FROM good g LEFT JOIN later ON later.store_id = g.store_id AND later.product_id = g.product_id
)
SELECT row_number() OVER (ORDER BY store_id, product_id, at, line * %(direction)s), line, store_id, product_id,
       CASE WHEN %(kind)s IN ('unified', 'sales') THEN 'sale'
            WHEN operation = 'add' THEN 'receipt' WHEN operation = 'remove' THEN 'removal' END,
       CASE WHEN %(kind)s IN ('unified', 'sales') OR operation = 'remove' THEN -quantity
            WHEN operation = 'add' THEN quantity END,
       CASE WHEN %(kind)s = 'sales' OR %(kind)s = 'unified' AND covers THEN NULL
            WHEN %(kind)s = 'unified' THEN stock + quantity
            WHEN %(kind)s = 'inventory' THEN CASE WHEN operation = 'set' THEN quantity END
            ELSE stock END,
       covers AND %(kind)s IN ('unified', 'sales'), at, price, cost, reference, fingerprint, changed
  FROM known
