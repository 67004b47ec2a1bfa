-- Put products on a count's list; those that are on it already stay as they are. In one order, so that people who
-- find the same products at the same time never wait in a circle.
INSERT INTO stock_stockcountline (organization_id, count_id, store_id, product_id, round, recounting, added)
SELECT %(organization)s, %(count)s, %(store)s, product, 1, %(recounting)s, %(added)s
  FROM unnest(%(products)s::bigint[]) AS wanted (product)
 GROUP BY product
 ORDER BY product
ON CONFLICT (organization_id, count_id, product_id) DO NOTHING
