    -- On hand at the end of the day, worked back from now; the average of the last step taken by then. The day's end is
    -- worked out once a store: under row-level security an index serves a value, and no function.
    SELECT s.store_id, s.product_id, s.on_hand - coalesce(m.quantity, 0) AS on_hand,
           (s.on_hand - coalesce(m.quantity, 0)) * coalesce(a.average, s.average_cost) AS value,
           (s.on_hand - coalesce(m.quantity, 0)) * g.unit_cost AS replacement,
           (s.on_hand - coalesce(m.quantity, 0)) * g.sale_price AS retail
      FROM stock_stock s
      JOIN shops ON shops.id = s.store_id
      JOIN goods g ON g.id = s.product_id
      LEFT JOIN (SELECT m.store_id, m.product_id, sum(m.quantity) AS quantity
                   FROM (SELECT id, stock_day_end(%(as_of)s::date, time_zone) AS over_at FROM shops OFFSET 0) shops
                   JOIN stock_stockmovement m ON m.organization_id = %(organization)s AND m.store_id = shops.id
                    AND m.effective_at >= shops.over_at
                  WHERE m.status = 'applied' GROUP BY 1, 2) m ON m.store_id = s.store_id AND m.product_id = s.product_id
      LEFT JOIN (SELECT DISTINCT ON (a.store_id, a.product_id) a.store_id, a.product_id, a.average
                   FROM (SELECT id, stock_day_end(%(as_of)s::date, time_zone) AS over_at FROM shops OFFSET 0) shops
                   JOIN stock_averagecost a ON a.organization_id = %(organization)s AND a.store_id = shops.id
                    AND a.effective_at < shops.over_at
                  ORDER BY a.store_id, a.product_id, a.effective_at DESC, a.sequence DESC) a
        ON a.store_id = s.store_id AND a.product_id = s.product_id
     WHERE s.organization_id = %(organization)s AND s.on_hand - coalesce(m.quantity, 0) <> 0
