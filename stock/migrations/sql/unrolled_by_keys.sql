-- The same as before (sales_rollups.sql), but each movement is looked up by its key. After a large import the planner did
-- not know yet how many movements an organization has, and joined every entry with every movement. OFFSET 0 leaves it no
-- other way than the keys.
CREATE OR REPLACE FUNCTION stock_unrolled(organization bigint, rolled pg_snapshot)
RETURNS TABLE (store_id bigint, product_id bigint, date date, effective_at timestamptz, kind text, quantity numeric,
               sold numeric, price numeric, unit_cost numeric) LANGUAGE sql STABLE AS $$
    SELECT m.store_id, m.product_id, m.business_date, m.effective_at, m.kind, m.quantity,
           CASE WHEN coalesce(o.kind, m.kind) IN ('sale', 'customer_return') THEN -m.quantity ELSE 0 END,
           coalesce(m.unit_price, 0), coalesce(m.unit_cost, 0)
      FROM audit_entry e
     CROSS JOIN LATERAL (
           SELECT * FROM stock_stockmovement WHERE organization_id = organization AND id = e.object_id::uuid OFFSET 0) m
      LEFT JOIN LATERAL (
           SELECT reversed.kind FROM stock_stockmovement reversed
            WHERE reversed.organization_id = organization AND reversed.id = m.reverses_id OFFSET 0) o
        ON m.reverses_id IS NOT NULL
     WHERE e.organization_id = organization
       AND e.xid >= (pg_snapshot_xmin(rolled)::text::bigint + audit_feed_base())::text::xid8
       AND NOT pg_visible_in_snapshot((e.xid::text::bigint - audit_feed_base())::text::xid8, rolled)
       AND e.action = 'stock.movement.applied'
$$;

CREATE OR REPLACE FUNCTION stock_unrolled_sales(organization bigint, rolled pg_snapshot)
RETURNS TABLE (store_id bigint, product_id bigint, date date, region text, currency text, units numeric, revenue numeric,
               cost numeric, costed_revenue numeric, transactions bigint, history_units numeric)
LANGUAGE sql STABLE AS $$
    SELECT f.store_id, f.product_id, f.date, upper(s.region), s.currency, f.units, f.revenue, f.cost, f.costed_revenue,
           f.transactions, -coalesce(h.units, 0)
      FROM (SELECT u.store_id, u.product_id, u.date, sum(sold) AS units, sum(sold * price) AS revenue,
                   sum(sold * unit_cost) AS cost, coalesce(sum(sold * price) FILTER (WHERE unit_cost > 0), 0) AS costed_revenue,
                   sum(stock_sales_counted(kind, sold)) AS transactions
              FROM stock_unrolled(organization, rolled) u WHERE sold <> 0
             GROUP BY u.store_id, u.product_id, u.date) f
     CROSS JOIN LATERAL (
           SELECT region, currency FROM stores_store WHERE organization_id = organization AND id = f.store_id OFFSET 0) s
      LEFT JOIN LATERAL (
           SELECT NULLIF(known.units[f.date - known.first_day + 1], 'NaN')::numeric AS units
             FROM stock_saleshistory known
            WHERE known.organization_id = organization AND known.store_id = f.store_id AND known.product_id = f.product_id
              AND known.year = extract(year FROM f.date)::smallint
              AND NOT EXISTS (SELECT FROM stock_salesoverlap o
                               WHERE o.organization_id = organization AND o.store_id = f.store_id
                                 AND o.product_id = f.product_id AND o.date = f.date)
           OFFSET 0) h ON true
$$;
