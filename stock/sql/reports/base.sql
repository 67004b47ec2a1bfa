-- The beginning of every report: the stores and products it is about. Null asks for all.
WITH shops AS MATERIALIZED (
    SELECT id, code, name, currency, time_zone FROM stores_store
     WHERE organization_id = %(organization)s AND (%(stores)s::bigint[] IS NULL OR id = ANY(%(stores)s::bigint[]))
), goods AS MATERIALIZED (
    SELECT id, unit_cost, sale_price, category_id, supplier_id FROM catalog_product
     WHERE organization_id = %(organization)s
       AND (%(category)s::bigint IS NULL OR category_id = %(category)s)
       AND (%(supplier)s::bigint IS NULL OR supplier_id = %(supplier)s)
)
