    -- The same as flows.sql where balances are added up anyway: rows of four kinds, each with what it adds. Nothing is
    -- joined, and a null costs a sum nothing.
    SELECT s.store_id, s.product_id, s.on_hand AS opening, s.on_hand AS closing, NULL::numeric AS received, NULL::numeric AS sold,
           NULL::numeric AS sold_at_cost, s.value AS opening_value, s.value AS closing_value
      FROM (SELECT store_id, product_id, on_hand, on_hand * average_cost AS value FROM stock_stock
             WHERE organization_id = %(organization)s AND on_hand <> 0
               AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
            OFFSET 0) s
    UNION ALL
    SELECT m.store_id, m.product_id, m.moved, CASE WHEN m.later THEN m.moved END,
           -- A receipt taken back was not received: its reversal counts against it, on its day.
           CASE WHEN NOT m.later AND
                CASE m.kind WHEN 'reversal' THEN (SELECT o.kind FROM stock_stockmovement o
                                                   WHERE o.organization_id = %(organization)s AND o.id = m.reverses_id)
                            ELSE m.kind END IN ('receipt', 'opening', 'transfer_receipt') THEN -m.moved END,
           NULL, NULL, m.worth, CASE WHEN m.later THEN m.worth END
      FROM (SELECT store_id, product_id, kind, reverses_id, -quantity AS moved, -quantity * coalesce(unit_cost, 0) AS worth,
                   business_date > %(last_day)s AS later
              FROM stock_stockmovement
             WHERE organization_id = %(organization)s AND status = 'applied' AND business_date >= %(first_day)s
               -- A business day begins at most 14 hours before the same day in UTC; the index serves this.
               AND effective_at >= %(first_day)s::date - interval '1 day'
               AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
            OFFSET 0) m
    UNION ALL
    SELECT store_id, product_id, NULL, NULL, NULL, NULL, NULL, -amount, CASE WHEN date > %(last_day)s THEN -amount END
      FROM stock_revaluation
     WHERE organization_id = %(organization)s AND date >= %(first_day)s
       AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
    UNION ALL
    SELECT store_id, product_id, NULL, NULL, NULL, units, cost, NULL, NULL FROM stock_dailysales
     WHERE organization_id = %(organization)s AND date BETWEEN %(first_day)s AND %(last_day)s
       AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
