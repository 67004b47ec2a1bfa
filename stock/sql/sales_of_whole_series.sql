    SELECT p.part, p.less, NULL::date AS day, 'store ' || d.store_id AS scope, d.product_id,
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
    -- A year of a series at once, for answers that name no day: all that the file says, less the days the ledger knows.
    SELECT p.part, p.less, NULL, 'store ' || h.store_id, h.product_id, 0, 0, 0, 0, 0,
           (SELECT coalesce(sum((each.units * 1000)::bigint), 0)::bigint
              FROM unnest(h.units[greatest(p.first_day - h.first_day, 0) + 1 : p.last_day - h.first_day + 1]) AS each (units)
             WHERE each.units <> 'NaN')
         - (SELECT coalesce(sum((h.units[d.date - h.first_day + 1] * 1000)::bigint), 0)::bigint
              FROM stock_dailysales d
             WHERE d.organization_id = %(organization)s AND d.store_id = h.store_id AND d.product_id = h.product_id
               AND d.date BETWEEN greatest(p.first_day, h.first_day) AND least(p.last_day, h.first_day + cardinality(h.units) - 1)
               AND h.units[d.date - h.first_day + 1] <> 'NaN')
      FROM parts p
      JOIN stock_saleshistory h
        ON h.organization_id = %(organization)s
       AND h.year BETWEEN extract(year FROM p.first_day) AND extract(year FROM p.last_day) AND h.first_day <= p.last_day
     WHERE (%(stores)s::bigint[] IS NULL OR h.store_id = ANY(%(stores)s::bigint[]))
       AND (%(products)s::bigint[] IS NULL OR h.product_id = ANY(%(products)s::bigint[]))
