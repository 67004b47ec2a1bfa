-- The organisation's sales histories summed up by series and weekday (0 is Monday): days, units, squares of the units.
-- Days the histories do not mention count for nothing.
SELECT store_id, product_id, weekday, count(*)::float AS days, sum(sold) AS units, sum(sold * sold) AS squares
  FROM (SELECT h.store_id, h.product_id, each.sold,
               (extract(isodow FROM h.first_day)::int - 1 + each.place::int - 1) % 7 AS weekday
          FROM stock_saleshistory h
          JOIN stores_store s ON s.organization_id = h.organization_id AND s.id = h.store_id AND s.is_active
          JOIN catalog_product p ON p.organization_id = h.organization_id AND p.id = h.product_id
           AND p.lifecycle <> 'discontinued'
         CROSS JOIN unnest(h.units) WITH ORDINALITY AS each (sold, place)
         WHERE h.organization_id = %(organization)s AND each.sold <> 'NaN') AS day
 GROUP BY store_id, product_id, weekday
 ORDER BY store_id, product_id, weekday
