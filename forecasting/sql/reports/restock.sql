    -- Everything a store should look at: what the proposal that is shown would buy or move, what is on papers that were not
    -- sent yet, and what has run out; beside it what is there, what is coming and what will probably be sold.
    WITH proposed AS (
        SELECT l.store_id, l.product_id,
               sum(coalesce(l.chosen, l.quantity)) FILTER (WHERE l.source = 'buy') AS to_order,
               sum(coalesce(l.chosen, l.quantity) * l.unit_cost) FILTER (WHERE l.source = 'buy') AS cost,
               sum(coalesce(l.chosen, l.quantity)) FILTER (WHERE l.source = 'transfer') AS to_transfer,
               max(l.margin_at_risk) AS at_risk
          FROM forecasting_restockline l
          JOIN forecasting_restockproposal p ON p.organization_id = l.organization_id AND p.id = l.proposal_id AND p.is_current
         WHERE l.organization_id = %(organization)s AND l.status = 'proposed' AND l.within_budget
           AND (%(stores)s::bigint[] IS NULL OR l.store_id = ANY(%(stores)s::bigint[]))
         GROUP BY l.store_id, l.product_id
    ), drafted AS (
        SELECT store_id, product_id, sum(coming) AS on_drafts
          FROM (SELECT o.store_id, l.product_id, l.ordered AS coming
                  FROM stock_purchaseorder o
                  JOIN stock_purchaseline l ON l.organization_id = o.organization_id AND l.order_id = o.id
                 WHERE o.organization_id = %(organization)s AND o.status = 'draft'
                 UNION ALL
                SELECT o.destination_id, l.product_id, l.requested
                  FROM stock_transferorder o
                  JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
                 WHERE o.organization_id = %(organization)s AND o.status IN ('draft', 'requested', 'approved')) papers
         WHERE %(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[])
         GROUP BY store_id, product_id
    ), gone AS (
        SELECT s.store_id, s.product_id
          FROM stock_stock s
          JOIN catalog_product p ON p.organization_id = s.organization_id AND p.id = s.product_id
                                AND p.lifecycle IN ('new', 'active')
         WHERE s.organization_id = %(organization)s AND s.status IN ('out', 'negative')
           AND (%(stores)s::bigint[] IS NULL OR s.store_id = ANY(%(stores)s::bigint[]))
    ), named AS MATERIALIZED (
        SELECT store_id, product_id FROM proposed UNION SELECT store_id, product_id FROM drafted
         UNION SELECT store_id, product_id FROM gone
    ), coming AS (
        SELECT store_id, product_id, sum(ordered) AS on_order, sum(moving) AS in_transit
          FROM (SELECT o.store_id, l.product_id, l.outstanding AS ordered, 0::numeric AS moving
                  FROM stock_purchaseorder o
                  JOIN stock_purchaseline l ON l.organization_id = o.organization_id AND l.order_id = o.id
                 WHERE o.organization_id = %(organization)s AND o.status IN ('sent', 'partially_received')
                 UNION ALL
                SELECT o.destination_id, l.product_id, 0, l.in_transit
                  FROM stock_transferorder o
                  JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
                 WHERE o.organization_id = %(organization)s AND o.status IN ('dispatched', 'partially_received')) papers
         WHERE %(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[])
         GROUP BY store_id, product_id
    )
    SELECT n.store_id, n.product_id, coalesce(r.to_order, 0) AS to_order, coalesce(r.to_transfer, 0) AS to_transfer,
           coalesce(d.on_drafts, 0) AS on_drafts, (g.store_id IS NOT NULL)::int AS gone, coalesce(s.on_hand, 0) AS on_hand,
           coalesce(c.on_order, 0) AS on_order,
           coalesce(s.on_hand - s.reserved - s.on_hold, 0) + coalesce(c.on_order, 0) + coalesce(c.in_transit, 0) AS position,
           f.units_7::numeric AS units_7, f.units_30::numeric AS units_30, coalesce(r.cost, 0) AS cost,
           coalesce(r.at_risk, 0) AS at_risk
      FROM named n
      JOIN shops ON shops.id = n.store_id
      JOIN goods ON goods.id = n.product_id
      LEFT JOIN proposed r ON r.store_id = n.store_id AND r.product_id = n.product_id
      LEFT JOIN drafted d ON d.store_id = n.store_id AND d.product_id = n.product_id
      LEFT JOIN gone g ON g.store_id = n.store_id AND g.product_id = n.product_id
      LEFT JOIN coming c ON c.store_id = n.store_id AND c.product_id = n.product_id
      LEFT JOIN stock_stock s ON s.organization_id = %(organization)s AND s.store_id = n.store_id
                             AND s.product_id = n.product_id
      LEFT JOIN (forecasting_forecastrun u
                 JOIN forecasting_forecast f ON f.organization_id = u.organization_id AND f.run_id = u.id)
             ON u.organization_id = %(organization)s AND u.is_current AND f.store_id = n.store_id
            AND f.product_id = n.product_id
