    -- First in, first out: what is on hand are the last units that came in. Movements taken back never came in.
    SELECT l.store_id, l.product_id, l.on_hand, l.on_hand * l.average_cost AS value,
           sum(l.units) FILTER (WHERE l.age <= 30) AS units_30,
           sum(l.units) FILTER (WHERE l.age BETWEEN 31 AND 60) AS units_60,
           sum(l.units) FILTER (WHERE l.age BETWEEN 61 AND 90) AS units_90,
           sum(l.units) FILTER (WHERE l.age BETWEEN 91 AND 180) AS units_180,
           sum(l.units) FILTER (WHERE l.age > 180) AS units_older,
           sum(l.units * l.average_cost) FILTER (WHERE l.age <= 30) AS value_30,
           sum(l.units * l.average_cost) FILTER (WHERE l.age BETWEEN 31 AND 60) AS value_60,
           sum(l.units * l.average_cost) FILTER (WHERE l.age BETWEEN 61 AND 90) AS value_90,
           sum(l.units * l.average_cost) FILTER (WHERE l.age BETWEEN 91 AND 180) AS value_180,
           sum(l.units * l.average_cost) FILTER (WHERE l.age > 180) AS value_older,
           sum(l.units * l.age) AS unit_days
      FROM (SELECT s.store_id, s.product_id, s.on_hand, s.average_cost,
                   least(m.quantity, s.on_hand - (m.upto - m.quantity)) AS units,
                   greatest((%(now)s::timestamptz AT TIME ZONE shops.time_zone)::date - m.business_date, 0) AS age
              FROM stock_stock s
              JOIN shops ON shops.id = s.store_id
              JOIN goods g ON g.id = s.product_id
              JOIN (SELECT store_id, product_id, quantity, business_date,
                           sum(quantity) OVER (PARTITION BY store_id, product_id ORDER BY effective_at DESC, sequence DESC) AS upto
                      FROM stock_stockmovement m
                     WHERE m.organization_id = %(organization)s AND m.status = 'applied' AND m.quantity > 0
                       AND (%(stores)s::bigint[] IS NULL OR m.store_id = ANY(%(stores)s::bigint[]))
                       AND m.product_id IN (SELECT id FROM goods)
                       AND m.reverses_id IS NULL
                       AND NOT EXISTS (SELECT FROM stock_movementreversal r
                                        WHERE r.organization_id = %(organization)s AND r.movement_id = m.id)) m
                ON m.store_id = s.store_id AND m.product_id = s.product_id
             WHERE s.organization_id = %(organization)s AND s.on_hand > 0 AND m.upto - m.quantity < s.on_hand) l
     GROUP BY l.store_id, l.product_id, l.on_hand, l.average_cost
