-- The movements of a chunk, under the locks of its balances: adjustments first where a row says what the stock was.
-- Goods that come in are worth what their row says a unit has cost, where that is not what they would be worth anyway.
-- Their ids count upwards from one that is new: making a random one for each row would cost more than the row.
INSERT INTO stock_staged (
    id, store, product, kind, quantity, effective_at, recorded_at, actor, actor_label, request_id, source, reference,
    reason, unit_price, unit_cost, arrival, place)
WITH series AS MATERIALIZED (
    -- Each balance looked up by its key, whatever the planner believes of the organisation's size.
    SELECT t.store, t.product, s.on_hand, t.covers, t.units,
           s.has_steps OR t.lowest <> average.cost OR t.highest <> average.cost AS says_costs
      FROM (SELECT store, product, bool_or(covers) AS covers, sum(quantity) AS units, min(cost) AS lowest, max(cost) AS highest
              FROM stock_import_plan
             WHERE place > %(after)s AND place <= %(upto)s AND refused IS NULL GROUP BY store, product) t
     CROSS JOIN LATERAL (
           SELECT on_hand, average_cost, cost_changed_at IS NOT NULL AS has_steps FROM stock_stock
            WHERE organization_id = %(organization)s AND store_id = t.store AND product_id = t.product OFFSET 0) s
     CROSS JOIN LATERAL (
           SELECT unit_cost FROM catalog_product
            WHERE organization_id = %(organization)s AND id = t.product OFFSET 0) p
     CROSS JOIN LATERAL (
           -- As in the apply: a balance begins with the product's cost.
           SELECT CASE WHEN s.average_cost = 0 AND s.on_hand = 0 AND NOT s.has_steps THEN p.unit_cost
                       ELSE s.average_cost END AS cost) average
), chunk AS (
    SELECT p.place, p.store, p.product, p.kind, p.quantity, p.target, p.at, p.price, p.reference,
           CASE WHEN p.kind = 'receipt' OR s.says_costs THEN p.cost END AS cost,
           s.on_hand - CASE WHEN s.covers THEN s.units ELSE 0 END AS opening, count(p.target) OVER w AS stretch
      FROM stock_import_plan p JOIN series s ON s.store = p.store AND s.product = p.product
     WHERE p.place > %(after)s AND p.place <= %(upto)s AND p.refused IS NULL
    WINDOW w AS (PARTITION BY p.store, p.product ORDER BY p.place)
), counted AS (
    SELECT c.*, coalesce(first_value(target) OVER w, opening) + sum(coalesce(quantity, 0)) OVER w AS after
      FROM chunk c WINDOW w AS (PARTITION BY store, product, stretch ORDER BY place)
), told AS MATERIALIZED (
    SELECT c.*, lag(after) OVER (PARTITION BY store, product ORDER BY place) AS former FROM counted c
), moves AS (
    SELECT t.place, 0 AS step, t.store, t.product, 'adjustment' AS kind, -s.units AS quantity, t.at,
           NULL::numeric AS price, NULL::numeric AS cost, t.reference, 'These sales are part of the stock there is.' AS reason
      FROM told t JOIN series s ON s.store = t.store AND s.product = t.product
     WHERE s.covers AND t.former IS NULL AND s.units <> 0
    UNION ALL
    SELECT place, 1, store, product,
           CASE WHEN former IS NULL AND target > opening AND NOT EXISTS (
                SELECT FROM stock_stockmovement m WHERE m.organization_id = %(organization)s
                   AND m.store_id = told.store AND m.product_id = told.product) THEN 'opening' ELSE 'adjustment' END,
           target - coalesce(former, opening), at, NULL,
           CASE WHEN target > coalesce(former, opening) THEN cost END, reference, 'Stock according to the file.'
      FROM told WHERE target <> coalesce(former, opening)
    UNION ALL
    SELECT place, 2, store, product, kind, quantity, at, price, CASE WHEN kind = 'receipt' THEN cost END, reference, ''
      FROM told WHERE kind IS NOT NULL
)
SELECT (%(ids)s || lpad(to_hex(row_number() OVER (ORDER BY place, step)), 7, '0'))::uuid, store, product, kind, quantity,
       at, %(now)s, %(actor)s, %(actor_label)s, %(request_id)s, 'import', %(number)s || coalesce(' ' || reference, ''),
       reason, price, cost, place * 3 + step, place
  FROM moves
