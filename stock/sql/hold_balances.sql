-- Hold balances until commit, in the one order everybody uses: what is judged of them is still so when it is written.
SELECT count(*) AS held
  FROM (SELECT FROM stock_stock s
          JOIN unnest(%(stores)s::bigint[], %(products)s::bigint[]) AS a (store_id, product_id) USING (store_id, product_id)
         WHERE s.organization_id = %(organization)s
         ORDER BY s.store_id, s.product_id FOR NO KEY UPDATE OF s) held
