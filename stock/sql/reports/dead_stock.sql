    -- On hand, nothing sold for so many days, and there for as long: what came in for the first time of late is new.
    SELECT s.store_id, s.product_id, s.on_hand, s.on_hand * s.average_cost AS value, s.on_hand * g.sale_price AS retail,
           sold.day AS last_sold_on, first.day AS held_since,
           shops.today - coalesce(sold.day, first.day) AS idle_days
      FROM stock_stock s
      JOIN shops ON shops.id = s.store_id
      JOIN goods g ON g.id = s.product_id
      LEFT JOIN LATERAL (SELECT max(d.date) AS day FROM stock_dailysales d
                          WHERE d.organization_id = %(organization)s AND d.store_id = s.store_id
                            AND d.product_id = s.product_id AND d.units > 0) sold ON true
     CROSS JOIN LATERAL (SELECT m.business_date AS day FROM stock_stockmovement m
                          WHERE m.organization_id = %(organization)s AND m.store_id = s.store_id
                            AND m.product_id = s.product_id AND m.status = 'applied'
                          ORDER BY m.effective_at LIMIT 1) first
     WHERE s.organization_id = %(organization)s AND s.on_hand > 0
       AND NOT EXISTS (SELECT FROM stock_dailysales d
                        WHERE d.organization_id = %(organization)s AND d.store_id = s.store_id AND d.product_id = s.product_id
                          AND d.date > shops.today - %(days)s::integer
                          AND d.units > 0)
       AND first.day <= shops.today - %(days)s::integer
