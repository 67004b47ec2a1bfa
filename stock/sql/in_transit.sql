-- Units on their way to and from stores, by store and product; null asks for all stores or all products.
SELECT store_id, product_id, sum(coming) AS in_transit_in, sum(going) AS in_transit_out
  FROM (SELECT o.destination_id AS store_id, l.product_id, l.in_transit AS coming, 0::numeric AS going
          FROM stock_transferorder o
          JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
         WHERE o.organization_id = %(organization)s AND o.status IN ('dispatched', 'partially_received')
           AND (%(stores)s::bigint[] IS NULL OR o.destination_id = ANY(%(stores)s::bigint[]))
           AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
        UNION ALL
        SELECT o.source_id, l.product_id, 0, l.in_transit
          FROM stock_transferorder o
          JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
         WHERE o.organization_id = %(organization)s AND o.status IN ('dispatched', 'partially_received')
           AND (%(stores)s::bigint[] IS NULL OR o.source_id = ANY(%(stores)s::bigint[]))
           AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))) legs
 GROUP BY store_id, product_id
HAVING sum(coming) + sum(going) > 0
