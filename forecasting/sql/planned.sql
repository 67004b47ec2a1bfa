-- Units on papers that move nothing yet, by store and product: drafts to suppliers, and transfers that were not dispatched.
-- Whoever proposes orders without counting them proposes the same ones again every night.
SELECT store_id, product_id, sum(coming) AS planned_in, sum(going) AS planned_out
  FROM (SELECT o.store_id, l.product_id, l.ordered AS coming, 0 AS going
          FROM stock_purchaseorder o
          JOIN stock_purchaseline l ON l.organization_id = o.organization_id AND l.order_id = o.id
         WHERE o.organization_id = %(organization)s AND o.status = 'draft'
         UNION ALL
        SELECT o.destination_id, l.product_id, l.requested, 0
          FROM stock_transferorder o
          JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
         WHERE o.organization_id = %(organization)s AND o.status IN ('draft', 'requested', 'approved')
         UNION ALL
        SELECT o.source_id, l.product_id, 0, l.requested
          FROM stock_transferorder o
          JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
         WHERE o.organization_id = %(organization)s AND o.status IN ('draft', 'requested', 'approved')) p
 WHERE (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
   AND (%(products)s::bigint[] IS NULL OR product_id = ANY(%(products)s::bigint[]))
 GROUP BY store_id, product_id
