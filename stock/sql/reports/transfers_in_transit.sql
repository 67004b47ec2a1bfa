    SELECT o.destination_id AS store_id, l.product_id, o.number AS transfer_number, origin.code AS from_code,
           o.source_id AS from_id, origin.currency AS money, l.in_transit AS units, (o.dispatched_at AT TIME ZONE origin.time_zone)::date AS dispatched_on,
           o.expected_on, extract(day FROM %(now)s::timestamptz - o.dispatched_at)::integer AS days_in_transit,
           l.in_transit * coalesce(sent.unit_cost, 0) AS value, l.in_transit * g.sale_price AS retail
      FROM stock_transferorder o
      JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
      JOIN stores_store origin ON origin.organization_id = o.organization_id AND origin.id = o.source_id
      JOIN goods g ON g.id = l.product_id
      LEFT JOIN LATERAL (SELECT m.unit_cost FROM stock_stockmovement m
                          WHERE m.organization_id = %(organization)s AND m.transfer_id = o.id AND m.product_id = l.product_id
                            AND m.kind = 'transfer_dispatch' AND m.status = 'applied'
                          ORDER BY m.sequence DESC LIMIT 1) sent ON true
     WHERE o.organization_id = %(organization)s AND o.status IN ('dispatched', 'partially_received') AND l.in_transit > 0
       AND (o.source_id IN (SELECT id FROM shops) OR o.destination_id IN (SELECT id FROM shops))
