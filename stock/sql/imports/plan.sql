-- What is to be done with the good rows: per store and product, in order of time. A row may move a quantity, set the
-- stock to a target before that, or both: in a unified file the stock before a sale is stock_after_sale + quantity.
-- Where the ledger already knows something later than the file's last word, or the sales are said to be part of today's
-- stock, the sales are covered by an adjustment of their sum and today's stock stays as it is.
INSERT INTO stock_import_plan (
    place, line, store, product, kind, quantity, target, covers, at, price, reference, fingerprint, changed)
WITH good AS (
    SELECT * FROM stock_import_row
     WHERE outcome = '' AND product_id IS NOT NULL AND store_id IS NOT NULL AND (stock IS NOT NULL OR NOT %(records)s)
), lasts AS (
    SELECT store_id, product_id, max(at) AS last FROM good GROUP BY store_id, product_id
), later AS (
    SELECT m.store_id, m.product_id, max(m.effective_at) AS at
      FROM stock_stockmovement m
     WHERE %(kind)s = 'unified' AND m.organization_id = %(organization)s AND m.status = 'applied'
       AND m.effective_at > (SELECT min(last) FROM lasts)
       AND m.store_id = ANY(ARRAY(SELECT DISTINCT store_id FROM lasts))
     GROUP BY m.store_id, m.product_id
), series AS (
    SELECT l.store_id, l.product_id, coalesce(later.at > l.last, false) OR %(keeps_stock)s AS covers
      FROM lasts l LEFT JOIN later USING (store_id, product_id)
)
SELECT row_number() OVER (ORDER BY g.store_id, g.product_id, g.at, g.line * %(direction)s), g.line, g.store_id, g.product_id,
       CASE WHEN %(kind)s IN ('unified', 'sales') THEN 'sale'
            WHEN g.operation = 'add' THEN 'receipt' WHEN g.operation = 'remove' THEN 'removal' END,
       CASE WHEN %(kind)s IN ('unified', 'sales') OR g.operation = 'remove' THEN -g.quantity
            WHEN g.operation = 'add' THEN g.quantity END,
       CASE WHEN %(kind)s = 'sales' OR %(kind)s = 'unified' AND s.covers THEN NULL
            WHEN %(kind)s = 'unified' THEN g.stock + g.quantity
            WHEN %(kind)s = 'inventory' THEN CASE WHEN g.operation = 'set' THEN g.quantity END
            ELSE g.stock END,
       s.covers AND %(kind)s IN ('unified', 'sales'), g.at, g.price, g.reference, g.fingerprint, g.changed
  FROM good g JOIN series s USING (store_id, product_id)
