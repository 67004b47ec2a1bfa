-- The products the file names: by SKU, by barcode, by whatever a column called product_id may hold (SKU, barcode, id),
-- or by name. A product with a name that is not known is new where the kind adds products.
INSERT INTO stock_import_product (key, line, product_id, known_sku, is_new, problem)
WITH firsts AS (
    SELECT key, min(line) AS line FROM stock_import_given WHERE key IS NOT NULL GROUP BY key
), wanted AS (
    SELECT f.key, f.line, btrim(g.sku) AS sku, btrim(g.barcode) AS barcode, btrim(g.product) AS product,
           btrim(g.name) AS name, btrim(g.category) AS category, btrim(g.supplier) AS supplier
      FROM firsts f JOIN stock_import_given g ON g.line = f.line AND g.key = f.key
), named AS (
    SELECT upper(name) AS name_key, min(id) AS id, count(*) AS products FROM catalog_product
     WHERE organization_id = %(organization)s GROUP BY 1
), found AS (
    SELECT w.*, coalesce(by_sku.id, by_barcode.product_id, by_id.id, named.id) AS product_id,
           by_sku.id IS NULL AND by_barcode.product_id IS NULL AND by_id.id IS NULL AND named.products > 1 AS ambiguous
      FROM wanted w
      LEFT JOIN catalog_product by_sku ON by_sku.organization_id = %(organization)s
                                      AND by_sku.sku_key = upper(coalesce(w.sku, CASE WHEN w.barcode IS NULL THEN w.product END))
      LEFT JOIN catalog_barcode by_barcode ON by_barcode.organization_id = %(organization)s AND w.sku IS NULL
                                          AND by_barcode.code = coalesce(w.barcode, w.product)
      LEFT JOIN catalog_product by_id ON by_id.organization_id = %(organization)s AND w.sku IS NULL AND w.barcode IS NULL
                                     AND by_id.id = CASE WHEN w.product ~ '^[0-9]{1,18}$' THEN w.product::bigint END
      LEFT JOIN named ON w.sku IS NULL AND w.barcode IS NULL AND w.product IS NULL AND named.name_key = upper(w.name)
)
SELECT f.key, f.line, f.product_id, p.sku, f.product_id IS NULL AND f.name IS NOT NULL AND f.product IS NULL AND %(adds)s,
       CASE WHEN f.ambiguous THEN 'Several products have this name; use the SKU.'
            WHEN f.product_id IS NOT NULL AND NOT %(adds)s THEN NULL
            WHEN f.product_id IS NULL AND (f.name IS NULL OR f.product IS NOT NULL OR NOT %(adds)s) THEN 'No such product.'
            WHEN length(f.name) > 200 THEN 'The name is longer than 200 characters.'
            WHEN length(f.sku) > 64 THEN 'The SKU is longer than 64 characters.'
            WHEN length(f.barcode) > 64 THEN 'The barcode is longer than 64 characters.'
            WHEN concat(f.name, f.sku, f.barcode, f.category, f.supplier) ~ '[\x01-\x1f\x7f]' THEN 'Control characters are not allowed.'
            WHEN length(f.category) > 120 THEN 'The category is longer than 120 characters.'
            WHEN length(f.supplier) > 200 THEN 'The supplier is longer than 200 characters.' END
  FROM found f LEFT JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = f.product_id
ON CONFLICT DO NOTHING
