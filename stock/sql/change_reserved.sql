-- Add to what is reserved of some balances; their status and their stores' figures follow. The balances are locked
-- already, and of several stores the figures too, apart from this statement.
WITH change AS (
    SELECT store, product, sum(units) AS units
      FROM json_to_recordset(%(changes)s::json) AS c (store bigint, product bigint, units numeric)
     GROUP BY store, product
), target AS MATERIALIZED (
    SELECT s.id, s.store_id, s.status AS old_status, c.units,
           stock_status(s.on_hand - s.reserved - c.units - s.on_hold, s.reorder_level, s.on_hand,
                        s.order_up_to) AS new_status
      FROM change c JOIN stock_stock s ON s.store_id = c.store AND s.product_id = c.product
     WHERE s.organization_id = %(organization)s
), figures AS (
    UPDATE stock_storekpi k
       SET low = k.low + t.low, out = k.out + t.out, negative = k.negative + t.negative,
           over = k.over + t.over, updated_at = now()
      FROM (SELECT store_id, sum((new_status = 'low')::int - (old_status = 'low')::int) AS low,
                   sum((new_status = 'out')::int - (old_status = 'out')::int) AS out,
                   sum((new_status = 'negative')::int - (old_status = 'negative')::int) AS negative,
                   sum((new_status = 'over')::int - (old_status = 'over')::int) AS over
              FROM target GROUP BY store_id HAVING bool_or(new_status <> old_status)) t
     WHERE k.organization_id = %(organization)s AND k.store_id = t.store_id
), changed AS (
    UPDATE stock_stock s
       SET reserved = s.reserved + t.units, status = t.new_status, updated_at = now()
      FROM target t
     WHERE s.organization_id = %(organization)s AND s.id = t.id
    RETURNING s.id
)
SELECT count(*) AS balances FROM changed
