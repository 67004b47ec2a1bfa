-- The arrivals that lead times are measured from, line by line of every order: when its first units came in, and when all
-- that was ordered was there. Reversed receipts never were. Null asks for all stores, suppliers or products.
arrivals AS (
    SELECT o.id AS order_id, o.supplier_id, o.sent_at, l.id AS line_id, l.product_id, l.ordered, r.received_at,
           sum(g.quantity + g.damaged) OVER (PARTITION BY l.id ORDER BY r.received_at, r.id) AS so_far
      FROM stock_goodsreceiptline g
      JOIN stock_goodsreceipt r ON r.organization_id = g.organization_id AND r.id = g.receipt_id
      JOIN stock_purchaseline l ON l.organization_id = g.organization_id AND l.id = g.line_id
      JOIN stock_purchaseorder o ON o.organization_id = l.organization_id AND o.id = l.order_id
     WHERE g.organization_id = %(organization)s AND g.reversed_at IS NULL AND g.quantity + g.damaged > 0
       AND (%(stores)s::bigint[] IS NULL OR o.store_id = ANY(%(stores)s::bigint[]))
       AND (%(suppliers)s::bigint[] IS NULL OR o.supplier_id = ANY(%(suppliers)s::bigint[]))
       AND (%(since)s::timestamptz IS NULL OR o.sent_at >= %(since)s::timestamptz)
), lines AS (
    SELECT order_id, supplier_id, product_id, line_id, sent_at, min(received_at) AS first_at,
           min(received_at) FILTER (WHERE so_far >= ordered) AS full_at
      FROM arrivals
     GROUP BY order_id, supplier_id, product_id, line_id, sent_at
)
