-- The products of one store in the order in which they are due to be counted. Class A are the products that make up the
-- first 80 hundredths of the value sold (at cost, over the last days), B the next 16, C the rest; each class has its
-- days within which it is counted again. A product never counted is due at once. One index range a product.
WITH sold AS (
    SELECT s.product_id, p.sku, p.name, s.status,
           (SELECT coalesce(sum(d.units), 0) FROM stock_dailysales d
             WHERE d.organization_id = %(organization)s AND d.store_id = %(store)s AND d.product_id = s.product_id
               AND d.date >= %(first_day)s::date)
           -- What was sold before the ledger began; NaN is a day nothing is known of.
           + (SELECT coalesce(sum(sold::numeric) FILTER (WHERE sold <> 'NaN'), 0) FROM stock_saleshistory h,
                     unnest(h.units[greatest(1, %(first_day)s::date - h.first_day + 1):]) AS sold
               WHERE h.organization_id = %(organization)s AND h.store_id = %(store)s AND h.product_id = s.product_id
                 AND h.year >= extract(year FROM %(first_day)s::date)) AS units, p.unit_cost,
           (SELECT max(l.counted_at) FROM stock_stockcountline l
             WHERE l.organization_id = %(organization)s AND l.store_id = %(store)s AND l.product_id = s.product_id
               AND l.counted_at IS NOT NULL) AS last_counted_at,
           EXISTS (SELECT FROM stock_stockcountline l
                     JOIN stock_stockcount c ON c.organization_id = l.organization_id AND c.id = l.count_id
                    WHERE l.organization_id = %(organization)s AND l.product_id = s.product_id
                      AND l.count_id = ANY(%(open)s::bigint[])) AS in_open_count
      FROM stock_stock s
      JOIN catalog_product p ON p.organization_id = s.organization_id AND p.id = s.product_id
     WHERE s.organization_id = %(organization)s AND s.store_id = %(store)s
       AND (p.lifecycle <> 'discontinued' OR s.on_hand <> 0)
), valued AS (
    SELECT *, greatest(units, 0) * unit_cost AS value FROM sold
), ranked AS (
    SELECT *, sum(value) OVER (ORDER BY value DESC, product_id) - value AS before, sum(value) OVER () AS total FROM valued
), classed AS (
    -- A product belongs to the class in which its share begins, so the best seller is always in A.
    SELECT *, CASE WHEN value = 0 THEN 'C'
                   WHEN before < total * %(a)s / 100 THEN 'A'
                   WHEN before < total * %(b)s / 100 THEN 'B' ELSE 'C' END AS abc_class
      FROM ranked
), dated AS (
    SELECT *, (%(cycle)s::json ->> abc_class)::integer AS cycle_days,
           floor(extract(epoch FROM %(now)s::timestamptz - last_counted_at) / 86400)::integer AS days_since
      FROM classed
), ordered AS (
    -- How far each is through its cycle; what was never counted comes first, the most valuable class before the others.
    SELECT *, CASE WHEN last_counted_at IS NULL THEN 1000000 ELSE round(days_since / cycle_days::numeric, 4) END AS urgency,
           last_counted_at IS NULL OR days_since >= cycle_days AS due
      FROM dated
)
SELECT product_id, sku, name AS product_name, abc_class, last_counted_at, days_since AS days_since_counted, cycle_days, due,
       in_open_count, urgency, units AS units_sold, value AS value_at_cost
  FROM ordered
 WHERE (due OR NOT %(due_only)s) AND (%(class)s::text IS NULL OR abc_class = %(class)s::text)
   AND (NOT %(free_only)s OR NOT in_open_count)
   AND (%(after_urgency)s::numeric IS NULL
        OR (-urgency, abc_class, product_id) > (-%(after_urgency)s::numeric, %(after_class)s::text, %(after_product)s::bigint))
 ORDER BY -urgency, abc_class, product_id
 LIMIT %(limit)s
