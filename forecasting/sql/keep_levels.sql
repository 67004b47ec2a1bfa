-- What the policies came to, a product in a store a row; those that are no longer asked about are forgotten.
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(%(stores)s::bigint[], %(products)s::bigint[], %(reorder_points)s::float8[], %(order_up_to)s::float8[],
                         %(fixed)s::float8[], %(lead_days)s::int[])
               AS g (store_id, product_id, reorder_point, order_up_to, fixed, lead_days)
), gone AS (
    DELETE FROM forecasting_restocklevel l
     WHERE l.organization_id = %(organization)s
       AND NOT EXISTS (SELECT FROM given g WHERE g.store_id = l.store_id AND g.product_id = l.product_id)
)
INSERT INTO forecasting_restocklevel AS l (organization_id, store_id, product_id, reorder_point, order_up_to, fixed, lead_days)
SELECT %(organization)s, store_id, product_id, reorder_point, order_up_to, fixed, lead_days FROM given
ON CONFLICT (organization_id, store_id, product_id) DO UPDATE
   SET reorder_point = excluded.reorder_point, order_up_to = excluded.order_up_to, fixed = excluded.fixed,
       lead_days = excluded.lead_days
 WHERE (l.reorder_point, l.order_up_to, l.fixed, l.lead_days)
       IS DISTINCT FROM (excluded.reorder_point, excluded.order_up_to, excluded.fixed, excluded.lead_days)
