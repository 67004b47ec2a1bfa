-- The products of one store in the order in which they are due to be counted. Class A are the products that make up the
-- first 80 hundredths of the value sold (at cost, over the last days), B the next 16, C the rest; each class has its
-- days within which it is counted again. A product never counted is due at once. Each table is read once for the store,
-- so that no plan can read it once a product.
WITH traded AS MATERIALIZED (
    SELECT product_id, sum(units) AS units FROM stock_dailysales
     WHERE organization_id = %(organization)s AND store_id = %(store)s AND date >= %(first_day)s::date
     GROUP BY product_id
), remembered AS MATERIALIZED (
    -- What was sold before the ledger began; NaN is a day nothing is known of.
    SELECT h.product_id, sum(day.sold::numeric) AS units
      FROM stock_saleshistory h, unnest(h.units[greatest(1, %(first_day)s::date - h.first_day + 1):]) AS day (sold)
     WHERE h.organization_id = %(organization)s AND h.store_id = %(store)s
       AND h.year >= extract(year FROM %(first_day)s::date) AND day.sold <> 'NaN'
     GROUP BY h.product_id
), counted AS MATERIALIZED (
    SELECT product_id, max(counted_at) AS at FROM stock_stockcountline
     WHERE organization_id = %(organization)s AND store_id = %(store)s AND counted_at IS NOT NULL
     GROUP BY product_id
), being_counted AS MATERIALIZED (
    SELECT DISTINCT product_id FROM stock_stockcountline
     WHERE organization_id = %(organization)s AND count_id = ANY(%(open)s::bigint[])
), sold AS (
    SELECT s.product_id, p.sku, p.name, s.status, coalesce(t.units, 0) + coalesce(r.units, 0) AS units, p.unit_cost,
           c.at AS last_counted_at, b.product_id IS NOT NULL AS in_open_count
      FROM stock_stock s
      JOIN catalog_product p ON p.organization_id = s.organization_id AND p.id = s.product_id
      LEFT JOIN traded t ON t.product_id = s.product_id
      LEFT JOIN remembered r ON r.product_id = s.product_id
      LEFT JOIN counted c ON c.product_id = s.product_id
      LEFT JOIN being_counted b ON b.product_id = s.product_id
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
