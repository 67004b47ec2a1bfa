-- Products that changed their category take all their sales along: what the sums hold of them goes out of the one category
-- and into the other. Theirs are the daily sales and histories less what the sums did not see yet. The state's row is
-- locked already, in a statement before.
WITH state AS (
    SELECT snapshot::pg_snapshot AS snapshot FROM stock_salesrollup WHERE organization_id = %(organization)s
), moved AS MATERIALIZED (
    SELECT p.id AS product_id, k.category_id AS category_before, coalesce(p.category_id, 0) AS category_now
      FROM stock_salesproduct k
      JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = k.product_id
     WHERE k.organization_id = %(organization)s AND k.category_id <> coalesce(p.category_id, 0)
), renamed AS (
    UPDATE stock_salesproduct k SET category_id = m.category_now
      FROM moved m WHERE k.organization_id = %(organization)s AND k.product_id = m.product_id
), days AS MATERIALIZED (
    SELECT d.* FROM moved m
     CROSS JOIN stock_salesstore s
     -- Of each series, by its key.
     CROSS JOIN LATERAL (
            SELECT store_id, product_id, date, units, revenue, cost, costed_revenue, transactions FROM stock_dailysales
             WHERE organization_id = %(organization)s AND store_id = s.store_id AND product_id = m.product_id OFFSET 0) d
     WHERE s.organization_id = %(organization)s
), cells AS (
    SELECT *, 0 AS history_units FROM days
    UNION ALL
    SELECT h.store_id, h.product_id, h.first_day + place::integer - 1, 0, 0, 0, 0, 0, each.units::numeric
      FROM stock_saleshistory h
     CROSS JOIN LATERAL unnest(h.units) WITH ORDINALITY AS each (units, place)
     WHERE h.organization_id = %(organization)s AND h.product_id IN (SELECT product_id FROM moved) AND each.units <> 'NaN'
       AND NOT EXISTS (SELECT FROM days d WHERE d.store_id = h.store_id AND d.product_id = h.product_id
                                            AND d.date = h.first_day + place::integer - 1)
    UNION ALL
    SELECT u.store_id, u.product_id, u.date, -u.units, -u.revenue, -u.cost, -u.costed_revenue, -u.transactions, -u.history_units
      FROM state, stock_unrolled_sales(%(organization)s, state.snapshot) u
     WHERE u.product_id IN (SELECT product_id FROM moved)
), change AS (
    SELECT each.category_id, c.store_id, c.date, sum(sign * units) AS units, sum(sign * revenue) AS revenue, sum(sign * cost) AS cost,
           sum(sign * costed_revenue) AS costed_revenue, sum(sign * transactions) AS transactions,
           sum(sign * history_units) AS history_units
      FROM cells c JOIN moved m USING (product_id)
     CROSS JOIN LATERAL (VALUES (m.category_before, -1), (m.category_now, 1)) AS each (category_id, sign)
     GROUP BY each.category_id, c.store_id, c.date
)
INSERT INTO stock_categorysalestotal AS t (
    organization_id, category_id, scope, span, date, units, revenue, cost, costed_revenue, transactions, history_units)
SELECT %(organization)s, category_id, scope, span, first_day, sum(units), sum(revenue), sum(cost), sum(costed_revenue),
       sum(transactions), sum(history_units)
  FROM change
  JOIN stock_salesstore k ON k.organization_id = %(organization)s AND k.store_id = change.store_id
 CROSS JOIN LATERAL (VALUES ('store ' || k.store_id), ('region ' || currency || ' ' || region), ('all ' || currency)) AS s (scope)
 CROSS JOIN LATERAL (VALUES ('D', date), ('M', date_trunc('month', date)::date)) AS p (span, first_day)
 GROUP BY category_id, scope, span, first_day
 ORDER BY category_id, scope, span, first_day
ON CONFLICT (organization_id, category_id, scope, span, date) DO UPDATE
   SET units = t.units + excluded.units, revenue = t.revenue + excluded.revenue, cost = t.cost + excluded.cost,
       costed_revenue = t.costed_revenue + excluded.costed_revenue, transactions = t.transactions + excluded.transactions,
       history_units = t.history_units + excluded.history_units
