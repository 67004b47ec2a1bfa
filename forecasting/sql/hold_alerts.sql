-- Hold what is raised of some balances until commit: a person's decision about an alert waits, and is looked at here.
SELECT count(*) AS held
  FROM (SELECT FROM forecasting_alert a
          JOIN unnest(%(stores)s::bigint[], %(products)s::bigint[]) AS q (store_id, product_id) USING (store_id, product_id)
         WHERE a.organization_id = %(organization)s AND a.closed_at IS NULL
         ORDER BY a.id FOR NO KEY UPDATE OF a) held
