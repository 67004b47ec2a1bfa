    SELECT p.part, p.less, (t.date + p.days + p.years * interval '1 year')::date AS day, t.scope, NULLIF(t.category_id, 0) AS category_id,
           t.units, t.revenue, t.cost, t.costed_revenue, t.transactions, t.history_units
      FROM rolled
     CROSS JOIN spans p
     -- Fenced off, so that each span reads its own days; every category is named, as the key begins with it.
     CROSS JOIN LATERAL (
            SELECT * FROM stock_categorysalestotal t
             WHERE t.organization_id = %(organization)s
               AND t.category_id = ANY(ARRAY(SELECT DISTINCT k.category_id FROM stock_salesproduct k
                                              WHERE k.organization_id = %(organization)s
                                                AND (%(category)s::bigint IS NULL OR k.category_id = %(category)s)))
               AND t.scope = ANY(%(scopes)s::text[])
               AND t.span = p.span AND t.date BETWEEN p.first_day AND p.last_day
            OFFSET 0) t
     WHERE rolled.snapshot IS NOT NULL
    UNION ALL
    SELECT f.part, f.less, f.day, f.scope, p.category_id, f.units, f.revenue, f.cost, f.costed_revenue, f.transactions, f.history_units
      FROM fresh f
      JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = f.product_id
     WHERE %(category)s::bigint IS NULL OR p.category_id = %(category)s
