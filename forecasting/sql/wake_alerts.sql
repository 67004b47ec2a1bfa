-- Alerts whose time of rest is over.
UPDATE forecasting_alert a
   SET status = 'open', snoozed_until = NULL, version = a.version + 1, updated_at = %(now)s
  FROM (SELECT id FROM forecasting_alert
         WHERE organization_id = %(organization)s AND status = 'snoozed' AND snoozed_until <= %(now)s
         ORDER BY id LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED) due,
       catalog_product p, stores_store st
 WHERE a.organization_id = %(organization)s AND a.id = due.id
   AND p.organization_id = %(organization)s AND p.id = a.product_id
   AND st.organization_id = %(organization)s AND st.id = a.store_id
RETURNING a.id, a.store_id AS store, a.product_id AS product, p.sku, st.name AS store_name, a.kind, a.severity, a.status,
          a.severity AS severity_before, 'snoozed' AS status_before, a.available::float8 AS available
