    SELECT p.part, p.less, (d.date + p.days + p.years * interval '1 year')::date AS day, 'store ' || d.store_id AS scope, d.product_id,
           d.units, d.revenue, d.cost, d.costed_revenue, d.transactions::bigint, 0::bigint AS history_units
      FROM parts p
     -- Fenced off, so that each period reads its own days and not all days for every period.
     CROSS JOIN LATERAL (
            SELECT * FROM stock_dailysales d
             WHERE d.organization_id = %(organization)s AND d.date BETWEEN p.first_day AND p.last_day
               AND (%(stores)s::bigint[] IS NULL OR d.store_id = ANY(%(stores)s::bigint[]))
               AND (%(products)s::bigint[] IS NULL OR d.product_id = ANY(%(products)s::bigint[]))
            OFFSET 0) d
    UNION ALL
    SELECT p.part, p.less, (given.date + p.days + p.years * interval '1 year')::date, 'store ' || given.store_id, given.product_id,
           0, 0, 0, 0, 0, (given.units * 1000)::bigint
      FROM parts p
     CROSS JOIN LATERAL (
            SELECT h.store_id, h.product_id, each.units,
                   greatest(h.first_day, p.first_day) + each.place::integer - 1 AS date
              FROM stock_saleshistory h
             CROSS JOIN LATERAL unnest(h.units[greatest(p.first_day - h.first_day, 0) + 1 : p.last_day - h.first_day + 1])
                        WITH ORDINALITY AS each (units, place)
             WHERE h.organization_id = %(organization)s
               AND h.year BETWEEN extract(year FROM p.first_day) AND extract(year FROM p.last_day)
               AND h.first_day <= p.last_day
               AND (%(stores)s::bigint[] IS NULL OR h.store_id = ANY(%(stores)s::bigint[]))
               AND (%(products)s::bigint[] IS NULL OR h.product_id = ANY(%(products)s::bigint[]))
               AND each.units <> 'NaN') given
     WHERE NOT EXISTS (SELECT FROM stock_dailysales d
                        WHERE d.organization_id = %(organization)s AND d.store_id = given.store_id
                          AND d.product_id = given.product_id AND d.date = given.date)
