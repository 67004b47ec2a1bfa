    SELECT s.store_id, s.product_id, greatest(s.on_hand - s.reserved - s.on_hold, 0) AS available, s.on_hand,
           coalesce(d.units, 0) AS sold, s.on_hand * s.average_cost AS value
      FROM stock_stock s
      JOIN shops ON shops.id = s.store_id
      JOIN goods g ON g.id = s.product_id
      LEFT JOIN (SELECT store_id, product_id, sum(units) AS units FROM stock_dailysales
                  WHERE organization_id = %(organization)s AND date BETWEEN %(first_day)s AND %(last_day)s
                    AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
                  GROUP BY 1, 2) d ON d.store_id = s.store_id AND d.product_id = s.product_id
     WHERE s.organization_id = %(organization)s AND (s.on_hand <> 0 OR d.units > 0)
