-- The same from the ledger's daily sales of the last year, for an organisation without histories. Days before today on
-- which a series sold nothing count: they are days of trade since the organisation's first sale.
WITH open AS (
    SELECT greatest(min(date), %(today)s::date - 365) AS first_day FROM stock_dailysales
     WHERE organization_id = %(organization)s
), calendar AS (
    SELECT extract(isodow FROM day)::int - 1 AS weekday, count(*)::float AS days
      FROM open, generate_series(first_day, %(today)s::date - 1, interval '1 day') AS day GROUP BY 1
), sold AS (
    SELECT d.store_id, d.product_id, extract(isodow FROM d.date)::int - 1 AS weekday,
           sum(greatest(d.units, 0))::float AS units, sum(greatest(d.units, 0) ^ 2)::float AS squares
      FROM open, stock_dailysales d
      JOIN stores_store s ON s.organization_id = d.organization_id AND s.id = d.store_id AND s.is_active
      JOIN catalog_product p ON p.organization_id = d.organization_id AND p.id = d.product_id
       AND p.lifecycle <> 'discontinued'
     WHERE d.organization_id = %(organization)s AND d.date >= open.first_day AND d.date < %(today)s::date
     GROUP BY 1, 2, 3
)
SELECT store_id, product_id, weekday, calendar.days, coalesce(units, 0) AS units, coalesce(squares, 0) AS squares
  FROM (SELECT DISTINCT store_id, product_id FROM sold) AS series
 CROSS JOIN calendar
  LEFT JOIN sold USING (store_id, product_id, weekday)
 ORDER BY store_id, product_id, weekday
