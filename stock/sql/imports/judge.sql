-- Each row of the file as numbers, moments and ids, or the first thing that is wrong with it.
-- A row's fingerprint is the same for the same row in another file. Rows that set a stock without a date say what is so
-- now: they are known within this import only.
INSERT INTO stock_import_row (
    line, store_id, product_id, key, at, quantity, price, unit_cost, stock, reorder_level, operation, reference,
    fingerprint, outcome, wrong_column, value, reason)
SELECT line, store_id, product_id, key, at, quantity, price, unit_cost, stock, reorder_level, operation, reference,
       CASE WHEN wrong IS NULL
            THEN stock_import_fingerprint(%(kind)s::text, %(job)s::bigint, store_id, key, product_id, at, quantity, price, stock, operation,
                                          reference, CASE WHEN date_said IS NULL THEN %(sha256)s::text END) END,
       CASE WHEN wrong IS NULL THEN '' ELSE 'failed' END, wrong[1], left(wrong[2], 100), wrong[3]
  FROM (
    SELECT t.*, CASE
        WHEN problem IS NOT NULL THEN ARRAY['', '', problem]
        WHEN key IS NULL THEN ARRAY['name', '', 'The row names no product.']
        WHEN product_problem IS NOT NULL THEN ARRAY[split_part(key, ' ', 1), substr(key, strpos(key, ' ') + 1), product_problem]
        WHEN store_problem IS NOT NULL AND (stock_said IS NOT NULL OR NOT %(records)s) THEN ARRAY['store', store_said, store_problem]
        WHEN quantity_said IS NULL AND 'quantity' = ANY(%(needs)s::text[]) THEN ARRAY['quantity', '', 'A number is missing.']
        WHEN quantity_said IS NOT NULL AND quantity IS NULL THEN ARRAY['quantity', quantity_said, 'This is not a number.']
        WHEN quantity < 0 OR quantity = 0 AND operation_known IS DISTINCT FROM 'set'
            THEN ARRAY['quantity', quantity_said, 'The quantity must be above zero.']
        WHEN quantity > 1000000000 OR stock > 1000000000 OR price > 1000000000 OR unit_cost > 1000000000
            THEN ARRAY['quantity', quantity_said, 'A number of this row is larger than a thousand million.']
        WHEN quantity <> round(quantity, 3) THEN ARRAY['quantity', quantity_said, 'At most three digits after the decimal point.']
        WHEN price_said IS NOT NULL AND price IS NULL THEN ARRAY['price', price_said, 'This is not a number.']
        WHEN price < 0 THEN ARRAY['price', price_said, 'A price must not be negative.']
        WHEN cost_said IS NOT NULL AND unit_cost IS NULL THEN ARRAY['unit_cost', cost_said, 'This is not a number.']
        WHEN unit_cost < 0 THEN ARRAY['unit_cost', cost_said, 'A cost must not be negative.']
        WHEN level_said IS NOT NULL AND (reorder_level IS NULL OR reorder_level < 0)
            THEN ARRAY['reorder_level', level_said, 'This is not a number of zero or more.']
        WHEN stock_said IS NULL AND 'stock' = ANY(%(needs)s::text[]) THEN ARRAY['stock', '', 'A number is missing.']
        WHEN stock_said IS NOT NULL AND stock IS NULL THEN ARRAY['stock', stock_said, 'This is not a number.']
        WHEN stock < 0 THEN ARRAY['stock', stock_said, 'A stock must not be negative.']
        WHEN stock <> round(stock, 3) THEN ARRAY['stock', stock_said, 'At most three digits after the decimal point.']
        WHEN date_said IS NULL AND 'date' = ANY(%(needs)s::text[]) THEN ARRAY['date', '', 'A date is missing.']
        WHEN date_said IS NOT NULL AND at IS NULL THEN ARRAY['date', date_said, 'This is not a date.']
        WHEN at > %(now)s::timestamptz + interval '1 day' THEN ARRAY['date', date_said, 'The date lies in the future.']
        WHEN at < '1970-01-02' THEN ARRAY['date', date_said, 'The date lies too far in the past.']
        WHEN operation_said IS NULL AND 'operation' = ANY(%(needs)s::text[]) THEN ARRAY['operation', '', 'Set, add or remove is missing.']
        WHEN operation_said IS NOT NULL AND operation_known IS NULL
            THEN ARRAY['operation', operation_said, 'This is none of set, add and remove.']
        WHEN length(reference) > 80 THEN ARRAY['reference', reference, 'The reference is longer than 80 characters.']
        END AS wrong, operation_known AS operation
      FROM (
        SELECT g.line, g.problem, g.key, s.store_id, s.problem AS store_problem, g.store AS store_said, p.product_id,
               p.problem AS product_problem, g.quantity AS quantity_said, g.price AS price_said, g.unit_cost AS cost_said,
               g.stock AS stock_said, g.date AS date_said, g.operation AS operation_said, g.reorder_level AS level_said,
               btrim(g.reference) AS reference,
               stock_import_number(g.quantity, %(point)s) AS quantity,
               stock_import_number(g.price, %(point)s) AS price,
               stock_import_number(g.unit_cost, %(point)s) AS unit_cost,
               stock_import_number(g.stock, %(point)s) AS stock,
               stock_import_number(g.reorder_level, %(point)s) AS reorder_level,
               CASE WHEN g.date IS NULL THEN %(now)s::timestamptz
                    ELSE w.local AT TIME ZONE coalesce(s.time_zone, 'UTC') END AS at,
               CASE lower(btrim(g.operation))
                    WHEN 'set' THEN 'set' WHEN '=' THEN 'set' WHEN 'count' THEN 'set' WHEN 'counted' THEN 'set'
                    WHEN 'add' THEN 'add' WHEN '+' THEN 'add' WHEN 'in' THEN 'add' WHEN 'receive' THEN 'add'
                    WHEN 'received' THEN 'add' WHEN 'increase' THEN 'add'
                    WHEN 'remove' THEN 'remove' WHEN '-' THEN 'remove' WHEN 'out' THEN 'remove' WHEN 'rem' THEN 'remove'
                    WHEN 'subtract' THEN 'remove' WHEN 'decrease' THEN 'remove' END AS operation_known
          FROM stock_import_given g
          LEFT JOIN stock_import_store s ON s.ref = coalesce(btrim(g.store), '')
          LEFT JOIN stock_import_product p ON p.key = g.key
          LEFT JOIN stock_import_time w ON w.said = g.date
        OFFSET 0) t
    -- A fence: without it what is wrong would be worked out anew for each column that tells it.
    OFFSET 0) judged
