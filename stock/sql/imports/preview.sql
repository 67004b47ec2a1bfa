-- The first rows as they are understood.
SELECT r.line, s.name AS store, coalesce(p.name, btrim(g.name)) AS product, coalesce(p.sku, btrim(g.sku)) AS sku,
       p.id IS NULL AS is_new, r.quantity, r.price, r.unit_cost, r.stock, r.operation,
       CASE WHEN g.date IS NOT NULL THEN r.at END AS date, r.outcome, r.reason
  FROM (SELECT * FROM stock_import_row ORDER BY line LIMIT %(limit)s) r
  JOIN stock_import_given g ON g.line = r.line
  LEFT JOIN stores_store s ON s.organization_id = %(organization)s AND s.id = r.store_id
  LEFT JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = r.product_id
 ORDER BY r.line
