-- Lay the file over what is known, a year of a series at a time. An unbroken year that is new is taken as it stands.
-- Answers how many days were new and how many were changed; the others were known already. One load at a time.
WITH given AS MATERIALIZED (
    SELECT s.id AS store_id, p.id AS product_id, d.year, min(d.day) AS first_day, max(d.day) - min(d.day) + 1 AS span,
           array_agg(d.day ORDER BY d.day) AS days, array_agg(f.sales ORDER BY d.day) AS units
      FROM stock_history_file f
      JOIN json_to_recordset(%(stores)s::json) AS s (name text, id bigint) ON s.name = f.store
      JOIN json_to_recordset(%(products)s::json) AS p (name text, id bigint) ON p.name = f.item
      JOIN json_to_recordset(%(dates)s::json) AS d (name text, day date, year smallint) ON d.name = f.date
     GROUP BY s.id, p.id, d.year
), laid AS MATERIALIZED (
    SELECT g.store_id, g.product_id, g.year,
           CASE WHEN plain THEN g.first_day ELSE o.first_day END AS first_day,
           CASE WHEN plain THEN g.units ELSE o.units END AS units,
           CASE WHEN plain THEN g.span ELSE o.inserted END AS inserted,
           CASE WHEN plain THEN 0 ELSE o.updated END AS updated
      FROM given g
      LEFT JOIN stock_saleshistory h ON h.organization_id = %(organization)s AND h.store_id = g.store_id
                                    AND h.product_id = g.product_id AND h.year = g.year
     CROSS JOIN LATERAL (
            SELECT h.year IS NULL AND g.days = ARRAY(SELECT g.first_day + i FROM generate_series(0, g.span - 1) i) AS plain
     ) AS kind
      LEFT JOIN LATERAL stock_lay_over(h.first_day, h.units, g.days, g.units) AS o ON NOT plain
), put AS (
    INSERT INTO stock_saleshistory AS h (organization_id, store_id, product_id, year, first_day, units)
    SELECT %(organization)s, store_id, product_id, year, first_day, units
      FROM laid WHERE inserted + updated > 0
     ORDER BY store_id, product_id, year
    ON CONFLICT (organization_id, store_id, product_id, year) DO UPDATE
       SET first_day = excluded.first_day, units = excluded.units
)
SELECT coalesce(sum(inserted), 0)::bigint AS inserted, coalesce(sum(updated), 0)::bigint AS updated FROM laid
