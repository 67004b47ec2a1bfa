-- Lock the figures of the stores a batch touches, in order of store: for a batch that is written in several statements.
SELECT count(*) AS locked
  FROM (SELECT FROM stock_storekpi
         WHERE organization_id = %(organization)s AND store_id = ANY(%(stores)s::bigint[])
         ORDER BY store_id FOR NO KEY UPDATE) held
