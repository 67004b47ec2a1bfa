-- New balances are empty: they add to the store's products and to what is out.
INSERT INTO stock_storekpi AS k (organization_id, store_id, products, out, units, cost_value, retail_value, low, negative)
SELECT %(organization)s, store, count(*), count(*), 0, 0, 0, 0, 0
  FROM unnest(%(stores)s::bigint[]) AS created (store)
 GROUP BY store
 ORDER BY store
ON CONFLICT (store_id) DO UPDATE
   SET products = k.products + excluded.products, out = k.out + excluded.out, updated_at = now()
