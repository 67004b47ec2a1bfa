-- After an apply in which goods came in at a cost of their own, or something came late, or was taken back: the average
-- cost of the balances concerned, as if every movement had been known when it took effect, from the first of these
-- instants on. The ledger stays as it is written; what the value changes beyond what moved is a revaluation.
-- The balances are locked since before the apply.
WITH given AS MATERIALIZED (
    SELECT store, product, min(since) AS since, bool_or(late) AS late, bool_or(short) AS short, min(value) AS value,
           min(base) AS base
      FROM unnest(%(stores)s::bigint[], %(products)s::bigint[], %(since)s::timestamptz[], %(late)s::boolean[],
                  %(short)s::boolean[], %(values)s::numeric[], %(bases)s::numeric[]) AS g (store, product, since, late, short, value, base)
     GROUP BY store, product
), named AS MATERIALIZED (
    SELECT store_id AS store, product_id AS product, id, effective_at, sequence, quantity, unit_cost, reverses_id
      FROM stock_stockmovement
     WHERE organization_id = %(organization)s AND id = ANY(%(movements)s::uuid[])
), taken_back AS MATERIALIZED (
    -- At its own instant, a cost that is taken back never was. Later (its day is closed) it is a step like any other.
    SELECT n.id, a.effective_at, a.sequence, n.store, n.product, a.effective_at = n.effective_at AS never_was
      FROM named n
      JOIN stock_averagecost a ON a.organization_id = %(organization)s AND a.movement_id = n.reverses_id
), fresh AS MATERIALIZED (
    SELECT * FROM named n
     WHERE n.reverses_id IS NULL OR EXISTS (SELECT FROM taken_back t WHERE t.id = n.id AND NOT t.never_was)
), begins AS MATERIALIZED (
    -- Without a value of its own, nothing in the batch had a cost of its own: it is worth what the balance says.
    SELECT g.store, g.product, g.since, g.late, g.short, coalesce(g.value, s.on_hand * s.average_cost) AS value,
           s.on_hand, coalesce(g.base, s.average_cost) AS average_cost, before.average AS base,
           before.average IS NULL AS has_no_step
      FROM given g
      JOIN stock_stock s ON s.organization_id = %(organization)s AND s.store_id = g.store AND s.product_id = g.product
      LEFT JOIN LATERAL (
           SELECT a.average FROM stock_averagecost a
            WHERE a.organization_id = %(organization)s AND a.store_id = g.store AND a.product_id = g.product
              AND a.effective_at < g.since
            ORDER BY a.effective_at DESC, a.sequence DESC LIMIT 1) before ON true
), moved AS MATERIALIZED (
    -- What was on hand before each movement, worked back from what is on hand now. What is taken back at its own instant
    -- stands beside what it takes back, so that others of that instant do not see either.
    SELECT b.store, b.product, m.id, m.effective_at, m.sequence, m.quantity, coalesce(b.base, b.average_cost) AS base,
           b.on_hand - sum(m.quantity) OVER latest_first AS previous, min(m.sequence) OVER latest_first AS earliest
      FROM begins b
     CROSS JOIN LATERAL (
           SELECT l.id, l.effective_at, l.sequence, l.quantity,
                  CASE WHEN l.reverses_id IS NULL THEN l.sequence
                       ELSE coalesce((SELECT o.sequence FROM stock_stockmovement o
                                       WHERE o.organization_id = %(organization)s AND o.id = l.reverses_id
                                         AND o.effective_at = l.effective_at), l.sequence) END AS place
             FROM stock_stockmovement l
            WHERE l.organization_id = %(organization)s AND l.store_id = b.store AND l.product_id = b.product
              AND l.effective_at >= b.since AND l.status = 'applied') m
    WINDOW latest_first AS (PARTITION BY b.store, b.product ORDER BY m.effective_at DESC, m.place DESC, m.sequence DESC)
), steps AS (
    SELECT m.*, f.unit_cost, true AS is_new
      FROM moved m JOIN fresh f ON f.id = m.id
    UNION ALL
    SELECT m.*, a.unit_cost, false
      FROM begins b
      JOIN stock_averagecost a ON a.organization_id = %(organization)s AND a.store_id = b.store AND a.product_id = b.product
                              AND a.effective_at >= b.since
      JOIN moved m ON m.id = a.movement_id
     WHERE NOT EXISTS (SELECT FROM taken_back t
                        WHERE t.never_was AND (t.store, t.product, t.effective_at, t.sequence)
                                            = (a.store_id, a.product_id, a.effective_at, a.sequence))
), averages AS MATERIALIZED (
    SELECT s.*, stock_moving_average(base, previous, quantity, unit_cost) OVER w AS average, lead(1) OVER w IS NULL AS is_last
      FROM steps s WINDOW w AS (PARTITION BY store, product ORDER BY effective_at, sequence)
), outcome AS MATERIALIZED (
    SELECT b.store, b.product, b.on_hand, b.value, coalesce(a.average, b.base, b.average_cost) AS average,
           CASE WHEN EXISTS (SELECT FROM named n WHERE n.store = b.store AND n.product = b.product AND n.reverses_id IS NOT NULL)
                THEN 'reversal'
                WHEN b.late OR EXISTS (SELECT FROM averages l WHERE l.store = b.store AND l.product = b.product
                                                                AND l.is_new AND l.earliest < l.sequence)
                THEN 'late' WHEN b.short THEN 'shortage' ELSE 'rounding' END AS cause,
           (SELECT (array_agg(n.id ORDER BY n.sequence DESC))[1] FROM named n
             WHERE n.store = b.store AND n.product = b.product) AS movement,
           (SELECT max(f.effective_at) FROM fresh f WHERE f.store = b.store AND f.product = b.product) AS changed_at
      FROM begins b LEFT JOIN averages a ON a.store = b.store AND a.product = b.product AND a.is_last
), forgotten AS (
    DELETE FROM stock_averagecost a USING taken_back t
     WHERE t.never_was AND a.organization_id = %(organization)s AND a.store_id = t.store AND a.product_id = t.product
       AND a.effective_at = t.effective_at AND a.sequence = t.sequence
), begun AS (
    INSERT INTO stock_averagecost (organization_id, store_id, product_id, effective_at, sequence, average)
    SELECT %(organization)s, store, product, '1970-01-01T00:00:00Z', 0, average_cost FROM begins
     WHERE has_no_step AND EXISTS (SELECT FROM fresh f WHERE f.store = begins.store AND f.product = begins.product)
), kept AS (
    INSERT INTO stock_averagecost (organization_id, store_id, product_id, effective_at, sequence, movement_id, quantity, unit_cost, average)
    SELECT %(organization)s, store, product, effective_at, sequence, id, quantity, unit_cost, average FROM averages WHERE is_new
), corrected AS (
    UPDATE stock_averagecost a SET average = n.average
      FROM averages n
     WHERE NOT n.is_new AND a.organization_id = %(organization)s AND a.store_id = n.store AND a.product_id = n.product
       AND a.effective_at = n.effective_at AND a.sequence = n.sequence AND a.average <> n.average
), balances AS (
    UPDATE stock_stock s SET average_cost = o.average, cost_changed_at = greatest(s.cost_changed_at, o.changed_at)
      FROM outcome o
     WHERE s.organization_id = %(organization)s AND s.store_id = o.store AND s.product_id = o.product
       AND (s.average_cost <> o.average OR o.changed_at > s.cost_changed_at OR s.cost_changed_at IS NULL)
), booked AS (
    INSERT INTO stock_revaluation (organization_id, store_id, product_id, movement_id, cause, amount, on_hand, average_cost, date)
    SELECT %(organization)s, o.store, o.product, o.movement, o.cause, o.on_hand * o.average - o.value, o.on_hand, o.average,
           (now() AT TIME ZONE place.time_zone)::date
      FROM outcome o JOIN stores_store place ON place.organization_id = %(organization)s AND place.id = o.store
     WHERE o.on_hand * o.average <> o.value
     ORDER BY o.store, o.product
    RETURNING *
)
SELECT b.id, b.store_id, b.product_id, p.sku, b.movement_id, b.cause, b.amount, b.on_hand, b.average_cost
  FROM booked b JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = b.product_id
 ORDER BY b.id
