-- A full count: a line for every balance of the store.
INSERT INTO stock_stockcountline (organization_id, count_id, store_id, product_id, round, recounting, added)
SELECT organization_id, %(count)s, store_id, product_id, 1, false, false
  FROM stock_stock
 WHERE organization_id = %(organization)s AND store_id = %(store)s
 ORDER BY product_id
ON CONFLICT (organization_id, count_id, product_id) DO NOTHING
