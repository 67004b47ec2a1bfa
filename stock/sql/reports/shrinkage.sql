    -- Units that went without being sold, and units that were found. A reversal counts as what it takes back, on its day.
    SELECT m.store_id, m.product_id,
           coalesce(-sum(m.quantity) FILTER (WHERE m.what <> 'removal' AND m.loss), 0) AS missing,
           coalesce(-sum(m.quantity) FILTER (WHERE m.what = 'removal'), 0) AS removed,
           coalesce(sum(m.quantity) FILTER (WHERE m.what <> 'removal' AND NOT m.loss), 0) AS found,
           coalesce(-sum(m.quantity), 0) AS shrinkage, coalesce(-sum(m.quantity * m.unit_cost), 0) AS shrinkage_value,
           coalesce(-sum(m.quantity * m.sale_price), 0) AS shrinkage_retail
      FROM (SELECT m.store_id, m.product_id, m.quantity, coalesce(m.unit_cost, 0) AS unit_cost, g.sale_price,
                   coalesce(o.kind, m.kind) AS what, coalesce(o.quantity, m.quantity) < 0 AS loss
              FROM stock_stockmovement m
              JOIN shops ON shops.id = m.store_id
              JOIN goods g ON g.id = m.product_id
              LEFT JOIN stock_stockmovement o ON o.organization_id = m.organization_id AND o.id = m.reverses_id
             WHERE m.organization_id = %(organization)s AND m.status = 'applied'
               AND m.kind IN ('count_adjustment', 'adjustment', 'removal', 'reversal')
               AND m.business_date BETWEEN %(first_day)s AND %(last_day)s
               AND m.effective_at BETWEEN %(first_day)s::date - interval '1 day' AND %(last_day)s::date + interval '2 days') m
     WHERE m.what IN ('count_adjustment', 'adjustment', 'removal')
     GROUP BY m.store_id, m.product_id
