-- The beginning of every report: the stores and products it is about (null asks for all), and each store's own today,
-- worked out once a store and not once a row.
WITH shops AS MATERIALIZED (
    SELECT id, code, name, currency, time_zone, (%(now)s::timestamptz AT TIME ZONE time_zone)::date AS today FROM stores_store
     WHERE organization_id = %(organization)s AND (%(stores)s::bigint[] IS NULL OR id = ANY(%(stores)s::bigint[]))
), goods AS MATERIALIZED (
    SELECT id, unit_cost, sale_price, category_id, supplier_id FROM catalog_product
     WHERE organization_id = %(organization)s
       AND (%(category)s::bigint IS NULL OR category_id = %(category)s)
       AND (%(supplier)s::bigint IS NULL OR supplier_id = %(supplier)s)
)
