-- The products to be saved, each as its first good row says it.
INSERT INTO stock_import_wanted (number, line, key, product_id, known_sku, unit_cost, price, reorder_level)
SELECT row_number() OVER (ORDER BY r.line), r.line, r.key, p.product_id, p.known_sku,
       round(r.unit_cost, 4), round(r.price, 4), round(r.reorder_level, 3)
  FROM (SELECT key, min(line) AS line FROM stock_import_row WHERE outcome = '' GROUP BY key) firsts
  JOIN stock_import_row r ON r.line = firsts.line
  JOIN stock_import_product p ON p.key = r.key
 WHERE %(everything)s OR p.is_new
