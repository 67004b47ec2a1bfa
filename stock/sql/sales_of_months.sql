    SELECT p.part, p.less, NULL::date AS day, 'store ' || t.store_id AS scope, t.product_id, t.units, t.revenue, t.cost,
           t.costed_revenue, t.transactions, (t.history_units * 1000)::bigint AS history_units
      FROM rolled
     CROSS JOIN months p
     CROSS JOIN LATERAL (
            SELECT * FROM stock_seriessalesmonth t
             WHERE t.organization_id = %(organization)s AND t.date BETWEEN p.first_day AND p.last_day
               AND (%(stores)s::bigint[] IS NULL OR t.store_id = ANY(%(stores)s::bigint[]))
               AND (%(products)s::bigint[] IS NULL OR t.product_id = ANY(%(products)s::bigint[]))
            OFFSET 0) t
     WHERE rolled.snapshot IS NOT NULL
    UNION ALL
    SELECT p.part, p.less, NULL, 'store ' || u.store_id, u.product_id, u.units, u.revenue, u.cost, u.costed_revenue, u.transactions,
           (u.history_units * 1000)::bigint
      FROM rolled
     CROSS JOIN LATERAL stock_unrolled_sales(%(organization)s, rolled.snapshot) u
      JOIN months p ON u.date BETWEEN p.first_day AND p.last_day
     WHERE rolled.snapshot IS NOT NULL
       AND (%(stores)s::bigint[] IS NULL OR u.store_id = ANY(%(stores)s::bigint[]))
       AND (%(products)s::bigint[] IS NULL OR u.product_id = ANY(%(products)s::bigint[]))
    UNION ALL
