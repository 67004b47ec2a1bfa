-- Adds the products whose SKU is new, once each, and answers what was added.
INSERT INTO catalog_product (organization_id, sku, name, category_id, supplier_id, unit, unit_cost, sale_price,
                             reorder_level, order_up_to, pack_size, moq, lead_time_days, lifecycle, version, created_at, updated_at)
SELECT DISTINCT ON (upper(sku))
       %(organization_id)s, sku, name, category_id, supplier_id, unit, unit_cost, sale_price,
       reorder_level, order_up_to, pack_size, moq, lead_time_days, lifecycle, 1, now(), now()
FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(
    sku text, name text, category_id bigint, supplier_id bigint, unit text, unit_cost numeric, sale_price numeric,
    reorder_level numeric, order_up_to numeric, pack_size numeric, moq numeric, lead_time_days int, lifecycle text)
ORDER BY upper(sku)
ON CONFLICT (organization_id, sku_key) WHERE sku_key IS NOT NULL DO NOTHING
RETURNING id, sku
