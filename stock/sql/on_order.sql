-- Units on order from suppliers, by store and product, and the day the next of them are expected; null asks for all
-- stores or all products.
SELECT o.store_id, l.product_id, sum(l.outstanding) AS on_order, min(o.expected_on) AS next_expected_on
  FROM stock_purchaseorder o
  JOIN stock_purchaseline l ON l.organization_id = o.organization_id AND l.order_id = o.id
 WHERE o.organization_id = %(organization)s AND o.status IN ('sent', 'partially_received') AND l.outstanding > 0
   AND (%(stores)s::bigint[] IS NULL OR o.store_id = ANY(%(stores)s::bigint[]))
   AND (%(products)s::bigint[] IS NULL OR l.product_id = ANY(%(products)s::bigint[]))
 GROUP BY o.store_id, l.product_id
