-- The lines whoever watches a balance is called at. The balances are held already.
UPDATE stock_stock s
   SET watch_below = l.below, watch_above = l.above
  FROM unnest(%(stores)s::bigint[], %(products)s::bigint[], %(below)s::numeric[], %(above)s::numeric[])
    AS l (store_id, product_id, below, above)
 WHERE s.organization_id = %(organization)s AND s.store_id = l.store_id AND s.product_id = l.product_id
