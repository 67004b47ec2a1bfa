-- How many sales a movement counts for: a sale is one, its reversal takes it back; returns are none.
CREATE FUNCTION stock_sales_counted(kind text, sold numeric) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN kind = 'sale' THEN 1 WHEN kind = 'reversal' AND sold < 0 THEN -1 ELSE 0 END
$$;

-- What the sums of an organisation have seen; null when they must not be used: history was loaded since, a store changed
-- its region or currency, or the data came back from a copy (the snapshot is of another line of the feed, whose
-- transaction ids are not this database's: docs/adr/0011).
CREATE FUNCTION stock_rolled(organization bigint) RETURNS pg_snapshot LANGUAGE sql STABLE AS $$
    SELECT NULLIF(r.snapshot, '')::pg_snapshot
      FROM stock_salesrollup r
     WHERE r.organization_id = organization AND NOT r.stale
       AND r.line = audit_feed_base()
       AND NOT EXISTS (
            SELECT FROM stock_salesstore k JOIN stores_store s ON s.organization_id = organization AND s.id = k.store_id
             WHERE k.organization_id = organization AND (k.region <> upper(s.region) OR k.currency <> s.currency))
$$;

-- The movements that a snapshot did not see, found by the transaction ids of their log entries: none is skipped because
-- its transaction was slow, and none is counted twice. A position less its line's base is the transaction's id here;
-- entries of former lines came with the copy, and sums that are of this line hold them.
CREATE FUNCTION stock_unrolled(organization bigint, rolled pg_snapshot)
RETURNS TABLE (store_id bigint, product_id bigint, date date, effective_at timestamptz, kind text, quantity numeric,
               sold numeric, price numeric, unit_cost numeric) LANGUAGE sql STABLE AS $$
    SELECT m.store_id, m.product_id, m.business_date, m.effective_at, m.kind, m.quantity,
           CASE WHEN coalesce(o.kind, m.kind) IN ('sale', 'customer_return') THEN -m.quantity ELSE 0 END,
           coalesce(m.unit_price, 0), coalesce(m.unit_cost, 0)
      FROM audit_entry e
      JOIN stock_stockmovement m ON m.organization_id = organization AND m.id = e.object_id::uuid
      LEFT JOIN stock_stockmovement o ON o.organization_id = organization AND o.id = m.reverses_id
     WHERE e.organization_id = organization
       AND e.xid >= (pg_snapshot_xmin(rolled)::text::bigint + audit_feed_base())::text::xid8
       AND NOT pg_visible_in_snapshot((e.xid::text::bigint - audit_feed_base())::text::xid8, rolled)
       AND e.action = 'stock.movement.applied'
$$;

-- The same by store, product and day, for the sums. The first sale that the ledger knows of a day takes away what a
-- history file says of it.
CREATE FUNCTION stock_unrolled_sales(organization bigint, rolled pg_snapshot)
RETURNS TABLE (store_id bigint, product_id bigint, date date, region text, currency text, units numeric, revenue numeric,
               cost numeric, costed_revenue numeric, transactions bigint, history_units numeric)
LANGUAGE sql STABLE AS $$
    SELECT f.store_id, f.product_id, f.date, upper(s.region), s.currency, f.units, f.revenue, f.cost, f.costed_revenue,
           f.transactions,
           -CASE WHEN o.store_id IS NULL THEN coalesce(NULLIF(h.units[f.date - h.first_day + 1], 'NaN')::numeric, 0) ELSE 0 END
      FROM (SELECT u.store_id, u.product_id, u.date, sum(sold) AS units, sum(sold * price) AS revenue,
                   sum(sold * unit_cost) AS cost, coalesce(sum(sold * price) FILTER (WHERE unit_cost > 0), 0) AS costed_revenue,
                   sum(stock_sales_counted(kind, sold)) AS transactions
              FROM stock_unrolled(organization, rolled) u WHERE sold <> 0
             GROUP BY u.store_id, u.product_id, u.date) f
      JOIN stores_store s ON s.organization_id = organization AND s.id = f.store_id
      LEFT JOIN stock_salesoverlap o
        ON o.organization_id = organization AND o.store_id = f.store_id AND o.product_id = f.product_id AND o.date = f.date
      LEFT JOIN stock_saleshistory h
        ON h.organization_id = organization AND h.store_id = f.store_id AND h.product_id = f.product_id
       AND h.year = extract(year FROM f.date)::smallint
$$;

-- What the daily sales kept so far said of cost and number: once, from the ledger, behind nobody's walls.
ALTER TABLE stock_dailysales NO FORCE ROW LEVEL SECURITY;
ALTER TABLE stock_stockmovement NO FORCE ROW LEVEL SECURITY;
UPDATE stock_dailysales d
   SET revenue = f.revenue, cost = f.cost, costed_revenue = f.costed_revenue, transactions = f.transactions
  FROM (SELECT m.organization_id, m.store_id, m.product_id, m.business_date AS date, sum(sold * price) AS revenue,
               sum(sold * coalesce(m.unit_cost, 0)) AS cost,
               coalesce(sum(sold * price) FILTER (WHERE m.unit_cost > 0), 0) AS costed_revenue,
               sum(stock_sales_counted(m.kind, sold)) AS transactions
          FROM stock_stockmovement m
          LEFT JOIN stock_stockmovement o ON o.organization_id = m.organization_id AND o.id = m.reverses_id
         CROSS JOIN LATERAL (SELECT -m.quantity AS sold, coalesce(m.unit_price, 0) AS price) each
         WHERE m.status = 'applied' AND coalesce(o.kind, m.kind) IN ('sale', 'customer_return')
         GROUP BY 1, 2, 3, 4) f
 WHERE d.organization_id = f.organization_id AND d.store_id = f.store_id AND d.product_id = f.product_id AND d.date = f.date;
ALTER TABLE stock_dailysales FORCE ROW LEVEL SECURITY;
ALTER TABLE stock_stockmovement FORCE ROW LEVEL SECURITY;
