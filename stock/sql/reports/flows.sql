    -- What was there before the period, what came and went in it, and what was there after it: worked back from now, so a
    -- movement that came late counts on its own day. Value is what was booked; revaluations count on the day they were made.
    SELECT s.store_id, s.product_id,
           s.on_hand - coalesce(m.since, 0) AS opening, s.on_hand - coalesce(m.later, 0) AS closing,
           coalesce(m.received, 0) AS received, coalesce(d.units, 0) AS sold, coalesce(d.cost, 0) AS sold_at_cost,
           s.on_hand * s.average_cost - coalesce(m.worth_since, 0) - coalesce(r.since, 0) AS opening_value,
           s.on_hand * s.average_cost - coalesce(m.worth_later, 0) - coalesce(r.later, 0) AS closing_value
      FROM stock_stock s
      JOIN shops ON shops.id = s.store_id
      JOIN goods g ON g.id = s.product_id
      LEFT JOIN (SELECT store_id, product_id, sum(quantity) AS since,
                        sum(quantity) FILTER (WHERE business_date > %(last_day)s) AS later,
                        -- A receipt taken back was not received: its reversal counts against it, on its day.
                        sum(quantity) FILTER (WHERE business_date <= %(last_day)s AND
                            CASE kind WHEN 'reversal' THEN (SELECT o.kind FROM stock_stockmovement o
                                                             WHERE o.organization_id = %(organization)s AND o.id = m.reverses_id)
                                      ELSE kind END IN ('receipt', 'opening', 'transfer_receipt')) AS received,
                        sum(quantity * coalesce(unit_cost, 0)) AS worth_since,
                        sum(quantity * coalesce(unit_cost, 0)) FILTER (WHERE business_date > %(last_day)s) AS worth_later
                   FROM stock_stockmovement m
                  WHERE organization_id = %(organization)s AND status = 'applied' AND business_date >= %(first_day)s
                    -- A business day begins at most 14 hours before the same day in UTC; the index serves this.
                    AND effective_at >= %(first_day)s::date - interval '1 day'
                    AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
                  GROUP BY 1, 2) m ON m.store_id = s.store_id AND m.product_id = s.product_id
      LEFT JOIN (SELECT store_id, product_id, sum(amount) AS since, sum(amount) FILTER (WHERE date > %(last_day)s) AS later
                   FROM stock_revaluation WHERE organization_id = %(organization)s AND date >= %(first_day)s
                  GROUP BY 1, 2) r ON r.store_id = s.store_id AND r.product_id = s.product_id
      LEFT JOIN (SELECT store_id, product_id, sum(units) AS units, sum(cost) AS cost FROM stock_dailysales
                  WHERE organization_id = %(organization)s AND date BETWEEN %(first_day)s AND %(last_day)s
                    AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
                  GROUP BY 1, 2) d ON d.store_id = s.store_id AND d.product_id = s.product_id
     WHERE s.organization_id = %(organization)s
       AND (s.on_hand <> 0 OR m.since IS NOT NULL OR d.units IS NOT NULL)
