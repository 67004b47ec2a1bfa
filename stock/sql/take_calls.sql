-- Take away the oldest calls that nobody is at, and say of which balances they are.
WITH taken AS (
    SELECT id FROM stock_balancecall WHERE organization_id = %(organization)s
     ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM stock_balancecall c USING taken t
     WHERE c.organization_id = %(organization)s AND c.id = t.id
    RETURNING c.store_id, c.product_id
)
SELECT count(*) AS calls, coalesce(array_agg(DISTINCT ARRAY[store_id, product_id]), '{}') AS places FROM gone
