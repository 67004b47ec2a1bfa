-- Days sold of single series, newest first, strictly after the edge of the page before. A day the ledger knows of a series
-- is the ledger's; a history file fills the others. `from_day` may be later than the period's first day: then the rows
-- from there on are asked for alone, since a page seldom needs more.
WITH ledger AS (
    -- Cut here as well: in this order the index gives them, and no more than a page of them can be shown.
    SELECT d.date, d.store_id, d.product_id, d.units, 'ledger' AS source, d.revenue, d.transactions, d.cost, d.costed_revenue
      FROM stock_dailysales d
     WHERE d.organization_id = %(organization)s AND d.date BETWEEN %(from_day)s AND %(last_day)s
       AND (%(stores)s::bigint[] IS NULL OR d.store_id = ANY(%(stores)s::bigint[]))
       AND (%(products)s::bigint[] IS NULL OR d.product_id = ANY(%(products)s::bigint[]))
       AND (%(edge_day)s::date IS NULL OR d.date < %(edge_day)s
            OR (d.date = %(edge_day)s AND (d.store_id, d.product_id) > (%(edge_store)s::bigint, %(edge_product)s::bigint)))
     ORDER BY d.date DESC, d.store_id, d.product_id
     LIMIT %(most)s
), found AS (
    SELECT * FROM ledger
    UNION ALL
    SELECT given.date, given.store_id, given.product_id, given.units::numeric, 'history', NULL, NULL, NULL, NULL
      FROM (SELECT h.store_id, h.product_id, each.units, greatest(h.first_day, %(from_day)s) + each.place::integer - 1 AS date
              FROM stock_saleshistory h
             CROSS JOIN LATERAL unnest(h.units[greatest(%(from_day)s::date - h.first_day, 0) + 1 : %(last_day)s::date - h.first_day + 1])
                        WITH ORDINALITY AS each (units, place)
             WHERE h.organization_id = %(organization)s
               AND h.year BETWEEN extract(year FROM %(from_day)s::date) AND extract(year FROM %(last_day)s::date)
               AND h.first_day <= %(last_day)s
               AND (%(stores)s::bigint[] IS NULL OR h.store_id = ANY(%(stores)s::bigint[]))
               AND (%(products)s::bigint[] IS NULL OR h.product_id = ANY(%(products)s::bigint[]))
               AND each.units <> 'NaN') given
     WHERE NOT EXISTS (SELECT FROM stock_dailysales d
                        WHERE d.organization_id = %(organization)s AND d.store_id = given.store_id
                          AND d.product_id = given.product_id AND d.date = given.date)
), page AS MATERIALIZED (
    SELECT * FROM found
     WHERE %(edge_day)s::date IS NULL OR date < %(edge_day)s
        OR (date = %(edge_day)s AND (store_id, product_id) > (%(edge_store)s::bigint, %(edge_product)s::bigint))
     ORDER BY date DESC, store_id, product_id
     LIMIT %(most)s
)
SELECT page.*, s.code AS store_code, s.name AS store, s.region, s.currency, p.sku, p.name AS product, c.name AS category
  FROM page
  JOIN stores_store s ON s.organization_id = %(organization)s AND s.id = page.store_id
  JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = page.product_id
  LEFT JOIN catalog_category c ON c.organization_id = %(organization)s AND c.id = p.category_id
 ORDER BY date DESC, store_id, product_id
