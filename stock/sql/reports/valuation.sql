    SELECT s.store_id, s.product_id, s.on_hand, s.on_hand * s.average_cost AS value, s.on_hand * g.unit_cost AS replacement,
           s.on_hand * g.sale_price AS retail
      FROM stock_stock s JOIN shops ON shops.id = s.store_id JOIN goods g ON g.id = s.product_id
     WHERE s.organization_id = %(organization)s AND s.on_hand <> 0
