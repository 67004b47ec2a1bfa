-- Units sold a day of one series; the ledger wins over history files.
SELECT coalesce(d.date, h.date) AS date, coalesce(d.units::float8, h.units) AS units
  FROM (SELECT date, units FROM stock_dailysales
         WHERE organization_id = %(organization)s AND store_id = %(store)s AND product_id = %(product)s
           AND date BETWEEN %(first)s AND %(last)s) d
  FULL JOIN (
        SELECT h.first_day + each.place::int - 1 AS date, each.units
          FROM stock_saleshistory h CROSS JOIN LATERAL unnest(h.units) WITH ORDINALITY AS each (units, place)
         WHERE h.organization_id = %(organization)s AND h.store_id = %(store)s AND h.product_id = %(product)s
           AND h.year BETWEEN extract(year FROM %(first)s::date) AND extract(year FROM %(last)s::date)
           AND h.first_day + each.place::int - 1 BETWEEN %(first)s AND %(last)s AND each.units <> 'NaN') h USING (date)
