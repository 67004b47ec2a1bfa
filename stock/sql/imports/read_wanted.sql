-- A batch of the products to be saved, with their texts.
SELECT w.number, w.key, w.product_id, w.known_sku, w.unit_cost, w.price, w.reorder_level,
       nullif(btrim(g.name), '') AS name, nullif(btrim(g.sku), '') AS sku, nullif(btrim(g.barcode), '') AS barcode,
       nullif(btrim(g.category), '') AS category, nullif(btrim(g.supplier), '') AS supplier
  FROM stock_import_wanted w JOIN stock_import_given g ON g.line = w.line
 WHERE w.number > %(after)s AND w.number <= %(after)s + %(limit)s
 ORDER BY w.number
