-- Add the movements that the sums did not see yet. One statement, so one snapshot: what it adds is what its snapshot saw
-- beyond the last one's, and the last one becomes this one. The state's row is locked already, in a statement before.
WITH state AS (
    SELECT snapshot::pg_snapshot AS snapshot FROM stock_salesrollup WHERE organization_id = %(organization)s
), change AS MATERIALIZED (
    SELECT u.* FROM state, stock_unrolled_sales(%(organization)s, state.snapshot) u
), places AS (
    INSERT INTO stock_salesstore (organization_id, store_id, region, currency)
    SELECT DISTINCT %(organization)s, store_id, region, currency FROM change
    ON CONFLICT DO NOTHING
), overlap AS (
    INSERT INTO stock_salesoverlap (organization_id, store_id, product_id, date, units)
    SELECT %(organization)s, c.store_id, c.product_id, c.date, -c.history_units FROM change c
      JOIN stock_saleshistory h
        ON h.organization_id = %(organization)s AND h.store_id = c.store_id AND h.product_id = c.product_id
       AND h.year = extract(year FROM c.date)::smallint AND h.units[c.date - h.first_day + 1] <> 'NaN'
    ON CONFLICT DO NOTHING
), totals AS (
    INSERT INTO stock_salestotal AS t (
        organization_id, scope, span, date, units, revenue, cost, costed_revenue, transactions, history_units)
    SELECT %(organization)s, scope, span, first_day, sum(units), sum(revenue), sum(cost), sum(costed_revenue), sum(transactions),
           sum(history_units)
      FROM change
     CROSS JOIN LATERAL (VALUES ('store ' || store_id), ('region ' || currency || ' ' || region), ('all ' || currency)) AS s (scope)
     CROSS JOIN LATERAL (VALUES ('D', date), ('M', date_trunc('month', date)::date)) AS p (span, first_day)
     GROUP BY scope, span, first_day
    ON CONFLICT (organization_id, scope, span, date) DO UPDATE
       SET units = t.units + excluded.units, revenue = t.revenue + excluded.revenue, cost = t.cost + excluded.cost,
           costed_revenue = t.costed_revenue + excluded.costed_revenue, transactions = t.transactions + excluded.transactions,
           history_units = t.history_units + excluded.history_units
), products AS (
    INSERT INTO stock_productsalestotal AS t (
        organization_id, scope, span, date, product_id, units, revenue, cost, costed_revenue, transactions, history_units)
    SELECT %(organization)s, scope, span, first_day, product_id, sum(units), sum(revenue), sum(cost), sum(costed_revenue),
           sum(transactions), sum(history_units)
      FROM change
     CROSS JOIN LATERAL (VALUES ('region ' || currency || ' ' || region), ('all ' || currency)) AS s (scope)
     CROSS JOIN LATERAL (VALUES ('D', date), ('M', date_trunc('month', date)::date)) AS p (span, first_day)
     GROUP BY scope, span, first_day, product_id
    ON CONFLICT (organization_id, scope, span, date, product_id) DO UPDATE
       SET units = t.units + excluded.units, revenue = t.revenue + excluded.revenue, cost = t.cost + excluded.cost,
           costed_revenue = t.costed_revenue + excluded.costed_revenue, transactions = t.transactions + excluded.transactions,
           history_units = t.history_units + excluded.history_units
), goods AS MATERIALIZED (
    -- A product's sums stay in one category until all of them are moved (move_sales.sql).
    SELECT p.id AS product_id, coalesce(k.category_id, p.category_id, 0) AS category_id, k.product_id IS NULL AS is_new
      FROM catalog_product p
      LEFT JOIN stock_salesproduct k ON k.organization_id = %(organization)s AND k.product_id = p.id
     WHERE p.organization_id = %(organization)s AND p.id IN (SELECT product_id FROM change)
), new_goods AS (
    INSERT INTO stock_salesproduct (organization_id, product_id, category_id)
    SELECT %(organization)s, product_id, category_id FROM goods WHERE is_new
), categories AS (
    INSERT INTO stock_categorysalestotal AS t (
        organization_id, category_id, scope, span, date, units, revenue, cost, costed_revenue, transactions, history_units)
    SELECT %(organization)s, category_id, scope, span, first_day, sum(units), sum(revenue), sum(cost), sum(costed_revenue),
           sum(transactions), sum(history_units)
      FROM change JOIN goods USING (product_id)
     CROSS JOIN LATERAL (VALUES ('store ' || store_id), ('region ' || currency || ' ' || region), ('all ' || currency)) AS s (scope)
     CROSS JOIN LATERAL (VALUES ('D', date), ('M', date_trunc('month', date)::date)) AS p (span, first_day)
     GROUP BY category_id, scope, span, first_day
    ON CONFLICT (organization_id, category_id, scope, span, date) DO UPDATE
       SET units = t.units + excluded.units, revenue = t.revenue + excluded.revenue, cost = t.cost + excluded.cost,
           costed_revenue = t.costed_revenue + excluded.costed_revenue, transactions = t.transactions + excluded.transactions,
           history_units = t.history_units + excluded.history_units
), series AS (
    INSERT INTO stock_seriessalesmonth AS t (
        organization_id, product_id, store_id, date, units, revenue, cost, costed_revenue, transactions, history_units)
    SELECT %(organization)s, product_id, store_id, date_trunc('month', date)::date, sum(units), sum(revenue), sum(cost),
           sum(costed_revenue), sum(transactions), sum(history_units)
      FROM change
     GROUP BY 2, 3, 4
    ON CONFLICT (organization_id, product_id, store_id, date) DO UPDATE
       SET units = t.units + excluded.units, revenue = t.revenue + excluded.revenue, cost = t.cost + excluded.cost,
           costed_revenue = t.costed_revenue + excluded.costed_revenue, transactions = t.transactions + excluded.transactions,
           history_units = t.history_units + excluded.history_units
), quarters AS (
    INSERT INTO stock_movementquarter AS q (organization_id, starts_at, product_id, units_in, units_out, movements)
    SELECT %(organization)s, date_bin('15 minutes', u.effective_at, 'epoch'), u.product_id,
           coalesce(sum(u.quantity) FILTER (WHERE u.quantity > 0), 0), coalesce(-sum(u.quantity) FILTER (WHERE u.quantity < 0), 0),
           count(*)
      FROM state, stock_unrolled(%(organization)s, state.snapshot) u
     WHERE u.effective_at >= %(kept_from)s::timestamptz
     GROUP BY 2, 3
    ON CONFLICT (organization_id, starts_at, product_id) DO UPDATE
       SET units_in = q.units_in + excluded.units_in, units_out = q.units_out + excluded.units_out,
           movements = q.movements + excluded.movements
)
UPDATE stock_salesrollup SET snapshot = pg_current_snapshot()::text, rolled_at = now()
 WHERE organization_id = %(organization)s
