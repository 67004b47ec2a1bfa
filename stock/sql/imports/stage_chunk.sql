-- The movements of a chunk, under the locks of its balances: adjustments first where a row says what the stock was.
INSERT INTO stock_staged (
    id, store, product, kind, quantity, effective_at, recorded_at, actor, actor_label, request_id, source, reference,
    reason, unit_price, arrival, place)
WITH chunk AS (
    SELECT p.*, s.on_hand + CASE WHEN covers THEN -sum(p.quantity) OVER (PARTITION BY store, product) ELSE 0 END AS opening,
           count(p.target) OVER w AS stretch, row_number() OVER w AS number
      FROM stock_import_plan p
      JOIN stock_stock s ON s.organization_id = %(organization)s AND s.store_id = p.store AND s.product_id = p.product
     WHERE p.place > %(after)s AND p.place <= %(upto)s AND p.refused IS NULL
    WINDOW w AS (PARTITION BY p.store, p.product ORDER BY p.place)
), counted AS (
    SELECT c.*, coalesce(first_value(target) OVER w, opening) + sum(coalesce(quantity, 0)) OVER w AS after
      FROM chunk c WINDOW w AS (PARTITION BY store, product, stretch ORDER BY place)
), told AS (
    SELECT c.*, coalesce(lag(after) OVER (PARTITION BY store, product ORDER BY place), opening) AS before FROM counted c
), moves AS (
    SELECT place, 0 AS step, store, product, 'adjustment' AS kind, opening - s.on_hand AS quantity, at, NULL::numeric AS price,
           reference, 'These sales are part of the stock there is.' AS reason
      FROM told t JOIN stock_stock s ON s.organization_id = %(organization)s AND s.store_id = t.store AND s.product_id = t.product
     WHERE t.covers AND t.number = 1 AND opening <> s.on_hand
    UNION ALL
    SELECT place, 1, store, product,
           CASE WHEN number = 1 AND target > before AND NOT EXISTS (
                SELECT FROM stock_stockmovement m WHERE m.organization_id = %(organization)s
                   AND m.store_id = told.store AND m.product_id = told.product) THEN 'opening' ELSE 'adjustment' END,
           target - before, at, NULL, reference, 'Stock according to the file.'
      FROM told WHERE target <> before
    UNION ALL
    SELECT place, 2, store, product, kind, quantity, at, price, reference, '' FROM told WHERE kind IS NOT NULL
)
SELECT uuidv7(), store, product, kind, quantity, at, %(now)s, %(actor)s, %(actor_label)s, %(request_id)s, 'import',
       %(number)s || coalesce(' ' || reference, ''), reason, price, place * 3 + step, place
  FROM moves ORDER BY place, step
