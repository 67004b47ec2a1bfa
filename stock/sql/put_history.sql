-- Lay the file's days over what is known, a year of a series at a time; a year that is new is taken as it stands.
-- Answers how many days were new and how many were changed; the others were known already. A series' year may come in
-- several pieces, from the file's several chunks; a day in two of them stops the load.
WITH given AS MATERIALIZED (
    SELECT store_id, product_id, year, min(first_day) AS first_day,
           CASE WHEN count(*) = 1 THEN min(units)
                ELSE stock_join_days(array_agg(first_day), array_agg(units::text)) END AS units
      FROM stock_history_given GROUP BY store_id, product_id, year
), laid AS MATERIALIZED (
    SELECT g.store_id, g.product_id, g.year, o.*
      FROM given g
      LEFT JOIN stock_saleshistory h ON h.organization_id = %(organization)s AND h.store_id = g.store_id
                                    AND h.product_id = g.product_id AND h.year = g.year
     CROSS JOIN LATERAL stock_lay_over(h.first_day, h.units, g.first_day, g.units) AS o
), put AS (
    INSERT INTO stock_saleshistory AS h (organization_id, store_id, product_id, year, first_day, units)
    SELECT %(organization)s, store_id, product_id, year, first_day, units
      FROM laid WHERE inserted + updated > 0
     ORDER BY store_id, product_id, year
    ON CONFLICT (organization_id, store_id, product_id, year) DO UPDATE
       SET first_day = excluded.first_day, units = excluded.units
)
SELECT coalesce(sum(inserted), 0)::bigint AS inserted, coalesce(sum(updated), 0)::bigint AS updated FROM laid
