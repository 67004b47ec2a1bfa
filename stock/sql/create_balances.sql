-- Empty balances for products a store has not held yet. FOR SHARE makes a change of the product's levels wait,
-- or this statement read the changed one.
WITH wanted AS (
    SELECT DISTINCT store, product FROM json_to_recordset(%(balances)s::json) AS b (store bigint, product bigint)
), missing AS (
    SELECT store, product FROM wanted
     WHERE NOT EXISTS (SELECT FROM stock_stock s WHERE s.organization_id = %(organization)s
                          AND s.store_id = wanted.store AND s.product_id = wanted.product)
), levels AS MATERIALIZED (
    SELECT id, reorder_level, order_up_to FROM catalog_product
     WHERE organization_id = %(organization)s AND id IN (SELECT product FROM missing)
     ORDER BY id FOR SHARE
)
INSERT INTO stock_stock (organization_id, store_id, product_id, on_hand, reserved, on_hold, reorder_level, order_up_to, status,
                         oversold)
SELECT %(organization)s, missing.store, missing.product, 0, 0, 0, levels.reorder_level, levels.order_up_to, 'out', false
  FROM missing JOIN levels ON levels.id = missing.product
 ORDER BY missing.store, missing.product
ON CONFLICT DO NOTHING
RETURNING store_id
