-- Stores by id or code, products by id, SKU or barcode (a SKU comes first where both match), whatever the case of codes.
SELECT 'store' AS type, id, NULL AS given, is_active, code, name FROM stores_store
 WHERE organization_id = %(organization)s AND id = ANY(%(store_ids)s::bigint[])
UNION ALL
SELECT 'store', s.id, given.name, s.is_active, s.code, s.name
  FROM unnest(%(codes)s::text[]) AS given (name)
  JOIN stores_store s ON s.organization_id = %(organization)s AND s.code_key = upper(given.name)
UNION ALL
SELECT 'product', id, NULL, true, sku, name FROM catalog_product
 WHERE organization_id = %(organization)s AND id = ANY(%(product_ids)s::bigint[])
UNION ALL
SELECT 'product', p.id, given.name, true, p.sku, p.name
  FROM unnest(%(skus)s::text[]) AS given (name)
  JOIN catalog_product p ON p.organization_id = %(organization)s AND p.sku_key = upper(given.name)
UNION ALL
SELECT 'product', b.product_id, given.name, true, p.sku, p.name
  FROM unnest(%(skus)s::text[]) AS given (name)
  JOIN catalog_barcode b ON b.organization_id = %(organization)s AND b.code = given.name
  JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = b.product_id
