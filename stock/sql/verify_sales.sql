-- The sums of the sales analytics, with what they did not see yet, against the daily sales and histories they are made
-- of: every scope, day and product, and the quarters of an hour against the ledger. Sums that may not be used count for
-- nothing, as nobody reads them.
WITH state AS MATERIALIZED (
    SELECT stock_rolled(%(organization)s) AS snapshot
), fresh AS MATERIALIZED (
    SELECT u.* FROM state, stock_unrolled_sales(%(organization)s, state.snapshot) u WHERE state.snapshot IS NOT NULL
), cells AS MATERIALIZED (
    SELECT store_id, product_id, date, units, revenue, cost, costed_revenue, transactions::bigint, 0::numeric AS history_units
      FROM stock_dailysales WHERE organization_id = %(organization)s
    UNION ALL
    SELECT h.store_id, h.product_id, h.first_day + place::integer - 1, 0, 0, 0, 0, 0, each.units::numeric
      FROM stock_saleshistory h
     CROSS JOIN LATERAL unnest(h.units) WITH ORDINALITY AS each (units, place)
     WHERE h.organization_id = %(organization)s AND each.units <> 'NaN'
       AND NOT EXISTS (SELECT FROM stock_dailysales d
                        WHERE d.organization_id = %(organization)s AND d.store_id = h.store_id
                          AND d.product_id = h.product_id AND d.date = h.first_day + place::integer - 1)
), wanted AS (
    SELECT c.*, upper(s.region) AS region, s.currency
      FROM cells c JOIN stores_store s ON s.organization_id = %(organization)s AND s.id = c.store_id
), goods AS MATERIALIZED (
    -- The category the sums are under; a product that changed it since is moved by the next rolling.
    SELECT p.id AS product_id, coalesce(k.category_id, p.category_id, 0) AS category_id
      FROM catalog_product p
      LEFT JOIN stock_salesproduct k ON k.organization_id = %(organization)s AND k.product_id = p.id
     WHERE p.organization_id = %(organization)s
), difference AS (
    -- What the base says less what the sums say: nothing must be left anywhere.
    SELECT s.scope, p.span, p.first_day, s.product_id, s.category_id, units, revenue, cost, costed_revenue, transactions,
           history_units
      FROM (SELECT store_id, product_id, date, region, currency, units, revenue, cost, costed_revenue, transactions, history_units
              FROM wanted
            UNION ALL
            SELECT store_id, product_id, date, region, currency, -units, -revenue, -cost, -costed_revenue, -transactions,
                   -history_units
              FROM fresh) base
      JOIN goods g USING (product_id)
     CROSS JOIN LATERAL (VALUES ('store ' || store_id), ('region ' || currency || ' ' || region), ('all ' || currency)) AS each (scope)
     -- Of all products, of the category, of the product; of a product in a single store, the months only.
     CROSS JOIN LATERAL (VALUES (scope, NULL::bigint, NULL::bigint), (scope, NULL, g.category_id), (scope, base.product_id, NULL))
                AS s (scope, product_id, category_id)
     CROSS JOIN LATERAL (VALUES ('D', date), ('M', date_trunc('month', date)::date)) AS p (span, first_day)
     WHERE p.span = 'M' OR s.product_id IS NULL OR s.scope NOT LIKE 'store %%'
    UNION ALL
    SELECT scope, span, date, NULL, NULL, -units, -revenue, -cost, -costed_revenue, -transactions, -history_units
      FROM stock_salestotal WHERE organization_id = %(organization)s
    UNION ALL
    SELECT scope, span, date, NULL, category_id, -units, -revenue, -cost, -costed_revenue, -transactions, -history_units
      FROM stock_categorysalestotal WHERE organization_id = %(organization)s
    UNION ALL
    SELECT scope, span, date, product_id, NULL, -units, -revenue, -cost, -costed_revenue, -transactions, -history_units
      FROM stock_productsalestotal WHERE organization_id = %(organization)s
    UNION ALL
    SELECT 'store ' || store_id, 'M', date, product_id, NULL, -units, -revenue, -cost, -costed_revenue, -transactions, -history_units
      FROM stock_seriessalesmonth WHERE organization_id = %(organization)s
), sales AS (
    SELECT 1 FROM difference GROUP BY scope, span, first_day, product_id, category_id
    HAVING sum(units) <> 0 OR sum(revenue) <> 0 OR sum(cost) <> 0 OR sum(costed_revenue) <> 0 OR sum(transactions) <> 0
        OR sum(history_units) <> 0
), moved AS (
    SELECT date_bin('15 minutes', effective_at, 'epoch') AS starts_at, product_id, quantity, 1 AS sign
      FROM stock_stockmovement
     WHERE organization_id = %(organization)s AND status = 'applied' AND effective_at >= %(kept_from)s::timestamptz
    UNION ALL
    SELECT date_bin('15 minutes', u.effective_at, 'epoch'), u.product_id, u.quantity, -1
      FROM state, stock_unrolled(%(organization)s, state.snapshot) u
     WHERE state.snapshot IS NOT NULL AND u.effective_at >= %(kept_from)s::timestamptz
), quarters AS (
    SELECT starts_at, product_id, coalesce(sum(sign * quantity) FILTER (WHERE quantity > 0), 0) AS units_in,
           coalesce(-sum(sign * quantity) FILTER (WHERE quantity < 0), 0) AS units_out, sum(sign) AS movements
      FROM moved GROUP BY starts_at, product_id
), off AS (
    SELECT 1 FROM quarters
      FULL JOIN (SELECT * FROM stock_movementquarter
                  WHERE organization_id = %(organization)s AND starts_at >= %(kept_from)s::timestamptz) q
     USING (starts_at, product_id)
     WHERE coalesce(quarters.units_in, 0) <> coalesce(q.units_in, 0) OR coalesce(quarters.units_out, 0) <> coalesce(q.units_out, 0)
        OR coalesce(quarters.movements, 0) <> coalesce(q.movements, 0)
)
SELECT CASE WHEN snapshot IS NULL THEN 0
            ELSE (SELECT count(*) FROM sales) + (SELECT count(*) FROM off) END AS rollup_drift
  FROM state
