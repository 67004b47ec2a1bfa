    SELECT p.part, p.less, (t.date + p.days + p.years * interval '1 year')::date AS day, t.scope, t.product_id, t.units,
           t.revenue, t.cost, t.costed_revenue, t.transactions, t.history_units
      FROM rolled
     CROSS JOIN spans p
     -- Fenced off, so that each span reads its own days and not all days for every span.
     CROSS JOIN LATERAL (
            SELECT * FROM stock_productsalestotal t
             WHERE t.organization_id = %(organization)s AND t.scope = ANY(%(scopes)s::text[])
               AND t.span = p.span AND t.date BETWEEN p.first_day AND p.last_day
               AND (%(products)s::bigint[] IS NULL OR t.product_id = ANY(%(products)s::bigint[]))
            OFFSET 0) t
     WHERE rolled.snapshot IS NOT NULL
    UNION ALL
    SELECT * FROM fresh WHERE %(products)s::bigint[] IS NULL OR product_id = ANY(%(products)s::bigint[])
