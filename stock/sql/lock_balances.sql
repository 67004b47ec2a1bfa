-- Lock the balances a batch touches, in the one order everybody uses (store, product), and say how many there are.
-- Shared, the books are held too: whoever closes a period or draws a cut waits for us, and we for them (hold_books.sql).
-- Apart from the apply statement, so that it judges with a snapshot taken after the locks are held.
WITH locked AS MATERIALIZED (
    SELECT s.store_id
      FROM stock_stock s
      JOIN (SELECT DISTINCT store, product
              FROM json_to_recordset(%(balances)s::json) AS b (store bigint, product bigint)) wanted
        ON s.store_id = wanted.store AND s.product_id = wanted.product
     WHERE s.organization_id = %(organization)s
     ORDER BY s.store_id, s.product_id
       FOR NO KEY UPDATE OF s
)
SELECT count(*) AS locked,
       (SELECT allows_negative_stock FROM accounts_organization WHERE id = %(organization)s) AS negative_sales,
       (SELECT pg_advisory_xact_lock_shared(hashtextextended('books:' || %(organization)s::bigint, 0))) AS books
  FROM locked
