-- Rows of a product file that changed nothing and set no stock; rows whose product could not be had.
UPDATE stock_import_row
   SET outcome = CASE WHEN product_id IS NULL THEN 'failed' ELSE 'skipped' END, wrong_column = split_part(key, ' ', 1),
       reason = CASE WHEN product_id IS NULL THEN 'The product could not be added.' ELSE 'Nothing to change.' END
 WHERE outcome = '' AND (product_id IS NULL OR %(records)s AND NOT changed AND stock IS NULL)
