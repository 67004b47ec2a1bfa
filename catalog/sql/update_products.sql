-- Writes whole rows over products that the transaction has locked.
UPDATE catalog_product AS product
SET sku = row.sku, name = row.name, category_id = row.category_id, supplier_id = row.supplier_id, unit = row.unit,
    unit_cost = row.unit_cost, sale_price = row.sale_price, reorder_level = row.reorder_level,
    order_up_to = row.order_up_to, pack_size = row.pack_size, moq = row.moq, lead_time_days = row.lead_time_days, lifecycle = row.lifecycle,
    version = product.version + 1, updated_at = now()
FROM jsonb_to_recordset(%(rows)s::jsonb) AS row(
    id bigint, sku text, name text, category_id bigint, supplier_id bigint, unit text, unit_cost numeric,
    sale_price numeric, reorder_level numeric, order_up_to numeric, pack_size numeric, moq numeric,
    lead_time_days int, lifecycle text)
WHERE product.organization_id = %(organization_id)s AND product.id = row.id
