-- Rows of a product file that changed nothing and set no stock; rows whose product could not be had.
UPDATE stock_import_row r
   SET outcome = CASE WHEN had THEN 'skipped' ELSE 'failed' END, wrong_column = split_part(r.key, ' ', 1),
       reason = CASE WHEN had THEN 'Nothing to change.' ELSE 'The product could not be added.' END
  FROM (SELECT key, product_id IS NOT NULL AS had FROM stock_import_product) p
 WHERE p.key = r.key AND r.outcome = ''
   AND (r.product_id IS NULL AND NOT had OR %(records)s AND NOT r.changed AND r.stock IS NULL)
