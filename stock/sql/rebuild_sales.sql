-- Every sum anew, from the daily sales and the histories; quarters of an hour from the ledger. The tables were emptied in
-- a statement before, under the lock of the state's row. One statement, so one snapshot, which the state remembers.
WITH places AS (
    INSERT INTO stock_salesstore (organization_id, store_id, region, currency)
    SELECT %(organization)s, id, upper(region), currency FROM stores_store WHERE organization_id = %(organization)s
    RETURNING store_id, region, currency
), history AS MATERIALIZED (
    SELECT h.store_id, h.product_id, h.first_day + place::integer - 1 AS date, each.units::numeric AS units
      FROM stock_saleshistory h
     CROSS JOIN LATERAL unnest(h.units) WITH ORDINALITY AS each (units, place)
     WHERE h.organization_id = %(organization)s AND each.units <> 'NaN'
), known AS MATERIALIZED (
    SELECT h.* FROM history h
      JOIN stock_dailysales d ON d.organization_id = %(organization)s AND d.store_id = h.store_id
                             AND d.product_id = h.product_id AND d.date = h.date
), overlap AS (
    INSERT INTO stock_salesoverlap (organization_id, store_id, product_id, date, units)
    SELECT %(organization)s, store_id, product_id, date, units FROM known
), cells AS NOT MATERIALIZED (
    -- Asked three times and written down nowhere: a large chain has tens of millions.
    SELECT store_id, product_id, date, units, revenue, cost, costed_revenue, transactions, 0 AS history_units
      FROM stock_dailysales WHERE organization_id = %(organization)s
    UNION ALL
    SELECT store_id, product_id, date, 0, 0, 0, 0, 0, units FROM history
    UNION ALL
    SELECT store_id, product_id, date, 0, 0, 0, 0, 0, -units FROM known
), goods AS (
    INSERT INTO stock_salesproduct (organization_id, product_id, category_id)
    SELECT %(organization)s, id, coalesce(category_id, 0) FROM catalog_product WHERE organization_id = %(organization)s
    RETURNING product_id, category_id
), of_series AS (
    -- A month of a product in a store; in the order of the table's key, which is also that of the daily sales'.
    -- Of a time without a zone, which is cut in a third of the time.
    SELECT store_id, product_id, date_trunc('month', date::timestamp)::date AS date, sum(units) AS units, sum(revenue) AS revenue,
           sum(cost) AS cost, sum(costed_revenue) AS costed_revenue, sum(transactions) AS transactions,
           sum(history_units) AS history_units
      FROM cells GROUP BY 1, 2, 3
), of_categories AS MATERIALIZED (
    SELECT c.store_id, g.category_id, c.date, sum(units) AS units, sum(revenue) AS revenue, sum(cost) AS cost,
           sum(costed_revenue) AS costed_revenue, sum(transactions) AS transactions, sum(history_units) AS history_units
      FROM cells c JOIN goods g USING (product_id) GROUP BY c.store_id, g.category_id, c.date
), of_regions AS MATERIALIZED (
    SELECT p.currency, p.region, c.date, c.product_id, sum(units) AS units, sum(revenue) AS revenue, sum(cost) AS cost,
           sum(costed_revenue) AS costed_revenue, sum(transactions) AS transactions, sum(history_units) AS history_units
      FROM cells c JOIN places p USING (store_id) GROUP BY p.currency, p.region, c.date, c.product_id
), totals AS (
    INSERT INTO stock_salestotal (
        organization_id, scope, span, date, units, revenue, cost, costed_revenue, transactions, history_units)
    SELECT %(organization)s, scope, span, first_day, sum(units), sum(revenue), sum(cost), sum(costed_revenue), sum(transactions),
           sum(history_units)
      FROM of_categories JOIN places USING (store_id)
     CROSS JOIN LATERAL (VALUES ('store ' || store_id), ('region ' || currency || ' ' || region), ('all ' || currency)) AS s (scope)
     CROSS JOIN LATERAL (VALUES ('D', date), ('M', date_trunc('month', date)::date)) AS p (span, first_day)
     GROUP BY scope, span, first_day
     ORDER BY scope, span, first_day
), categories AS (
    INSERT INTO stock_categorysalestotal (
        organization_id, category_id, scope, span, date, units, revenue, cost, costed_revenue, transactions, history_units)
    SELECT %(organization)s, category_id, scope, span, first_day, sum(units), sum(revenue), sum(cost), sum(costed_revenue),
           sum(transactions), sum(history_units)
      FROM of_categories JOIN places USING (store_id)
     CROSS JOIN LATERAL (VALUES ('store ' || store_id), ('region ' || currency || ' ' || region), ('all ' || currency)) AS s (scope)
     CROSS JOIN LATERAL (VALUES ('D', date), ('M', date_trunc('month', date)::date)) AS p (span, first_day)
     GROUP BY category_id, scope, span, first_day
     ORDER BY category_id, scope, span, first_day
), series AS (
    INSERT INTO stock_seriessalesmonth (
        organization_id, product_id, store_id, date, units, revenue, cost, costed_revenue, transactions, history_units)
    SELECT %(organization)s, product_id, store_id, date, units, revenue, cost, costed_revenue, transactions, history_units
      FROM of_series ORDER BY product_id, store_id, date
), products AS (
    INSERT INTO stock_productsalestotal (
        organization_id, scope, span, date, product_id, units, revenue, cost, costed_revenue, transactions, history_units)
    SELECT %(organization)s, scope, span, first_day, product_id, sum(units), sum(revenue), sum(cost), sum(costed_revenue),
           sum(transactions), sum(history_units)
      FROM of_regions
     CROSS JOIN LATERAL (VALUES ('region ' || currency || ' ' || region), ('all ' || currency)) AS s (scope)
     CROSS JOIN LATERAL (VALUES ('D', date), ('M', date_trunc('month', date)::date)) AS p (span, first_day)
     GROUP BY scope, span, first_day, product_id
     ORDER BY scope, span, first_day, product_id
), quarters AS (
    INSERT INTO stock_movementquarter (organization_id, starts_at, product_id, units_in, units_out, movements)
    SELECT %(organization)s, date_bin('15 minutes', effective_at, 'epoch'), product_id,
           coalesce(sum(quantity) FILTER (WHERE quantity > 0), 0), coalesce(-sum(quantity) FILTER (WHERE quantity < 0), 0),
           count(*)
      FROM stock_stockmovement
     WHERE organization_id = %(organization)s AND status = 'applied' AND effective_at >= %(kept_from)s::timestamptz
     GROUP BY 2, 3
)
UPDATE stock_salesrollup
   SET snapshot = pg_current_snapshot()::text, line = audit_feed_base(), stale = false, rolled_at = now()
 WHERE organization_id = %(organization)s
