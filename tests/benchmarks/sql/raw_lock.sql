-- Statement 1 of the reference: lock, in one global order.
SELECT count(*) FROM (SELECT 1 FROM raw.stock s JOIN (
    SELECT DISTINCT store, product FROM json_to_recordset(%(rows)s::json) AS u (store bigint, product bigint)) d
    ON s.store_id = d.store AND s.product_id = d.product
 WHERE s.organization_id = %(organization)s ORDER BY s.store_id, s.product_id FOR UPDATE OF s) locked
