    -- First in, first out: what is on hand are the last units that came in. A row a layer. Movements taken back never came in.
    SELECT s.store_id, s.product_id, each.units AS on_hand, each.units * s.average_cost AS value, each.units * each.age AS unit_days,
           each.age
      FROM stock_stock s
      JOIN shops ON shops.id = s.store_id
      JOIN (SELECT store_id, product_id, quantity, business_date,
                   sum(quantity) OVER (PARTITION BY store_id, product_id ORDER BY effective_at DESC, sequence DESC
                                       ROWS UNBOUNDED PRECEDING) AS upto
              FROM stock_stockmovement m
             WHERE m.organization_id = %(organization)s AND m.status = 'applied' AND m.quantity > 0
               AND (%(stores)s::bigint[] IS NULL OR m.store_id = ANY(%(stores)s::bigint[]))
               AND m.product_id IN (SELECT id FROM goods)
               AND m.reverses_id IS NULL
               AND NOT EXISTS (SELECT FROM stock_movementreversal r
                                WHERE r.organization_id = %(organization)s AND r.movement_id = m.id)) m
        ON m.store_id = s.store_id AND m.product_id = s.product_id
     CROSS JOIN LATERAL (SELECT least(m.quantity, s.on_hand - (m.upto - m.quantity)) AS units,
                                greatest(shops.today - m.business_date, 0) AS age OFFSET 0) each
     WHERE s.organization_id = %(organization)s AND s.on_hand > 0 AND m.upto - m.quantity < s.on_hand
