-- Everything the apply keeps, computed again from the ledger, in one snapshot. Each figure counts differences.
WITH chained AS (
    SELECT store_id, product_id, status, quantity, balance_after, held, bucket,
           coalesce(unit_cost, 0) AS unit_cost,
           coalesce(lag(balance_after) OVER (PARTITION BY store_id, product_id ORDER BY sequence), 0) AS previous
      FROM stock_stockmovement WHERE organization_id = %(organization)s
), summed AS (
    SELECT store_id, product_id, sum(quantity) FILTER (WHERE status = 'applied') AS on_hand, count(*) AS movements,
           count(*) FILTER (WHERE balance_after <> previous + CASE status WHEN 'applied' THEN quantity ELSE 0 END) AS breaks,
           sum(quantity * unit_cost) FILTER (WHERE status = 'applied') AS moved,
           sum(held) FILTER (WHERE status = 'applied' AND bucket = 'damaged') AS damaged,
           sum(held) FILTER (WHERE status = 'applied' AND bucket = 'quality') AS quality
      FROM chained GROUP BY store_id, product_id
), balances AS (
    SELECT count(*) AS balances, coalesce(sum(movements), 0) AS movements, coalesce(sum(breaks), 0) AS chain_breaks,
           count(*) FILTER (WHERE coalesce(s.on_hand, 0) <> coalesce(summed.on_hand, 0)
                               OR s.on_hand IS NULL) AS balance_drift,
           count(*) FILTER (WHERE (coalesce(s.on_hold_damaged, 0), coalesce(s.on_hold_quality, 0))
                                  <> (coalesce(summed.damaged, 0), coalesce(summed.quality, 0))) AS hold_drift,
           count(*) FILTER (WHERE coalesce(s.on_hand * s.average_cost, 0) <> coalesce(summed.moved, 0) + coalesce(r.amount, 0))
               AS values_off
      FROM (SELECT * FROM stock_stock WHERE organization_id = %(organization)s) s
      FULL JOIN summed USING (store_id, product_id)
      LEFT JOIN (SELECT store_id, product_id, sum(amount) AS amount
                   FROM stock_revaluation WHERE organization_id = %(organization)s GROUP BY 1, 2) r USING (store_id, product_id)
), stepped AS (
    -- The average after each movement at a cost of its own, as if all were known when they took effect.
    SELECT store_id, product_id, average,
           stock_moving_average(base, before, quantity, unit_cost) OVER w AS wanted, lead(1) OVER w IS NULL AS is_last
      FROM (SELECT m.store_id, m.product_id, m.effective_at, m.sequence, m.quantity, a.average, a.unit_cost,
                   -- What was taken back at its own instant stands beside what took it back: nobody sees either.
                   sum(m.quantity) OVER (PARTITION BY m.store_id, m.product_id ORDER BY m.effective_at,
                       CASE WHEN m.reverses_id IS NULL THEN m.sequence
                            ELSE coalesce((SELECT o.sequence FROM stock_stockmovement o
                                            WHERE o.organization_id = %(organization)s AND o.id = m.reverses_id
                                              AND o.effective_at = m.effective_at), m.sequence) END,
                       m.sequence) - m.quantity AS before,
                   b.average AS base
              FROM stock_averagecost b
              JOIN stock_stockmovement m ON m.organization_id = %(organization)s AND m.store_id = b.store_id
                                        AND m.product_id = b.product_id AND m.status = 'applied'
              LEFT JOIN stock_averagecost a ON a.organization_id = %(organization)s AND a.movement_id = m.id
             WHERE b.organization_id = %(organization)s AND b.sequence = 0) m
     WHERE unit_cost IS NOT NULL
    WINDOW w AS (PARTITION BY store_id, product_id ORDER BY effective_at, sequence)
), averages_off AS (
    SELECT count(*) AS steps
      FROM stepped p JOIN stock_stock s ON s.organization_id = %(organization)s AND s.store_id = p.store_id AND s.product_id = p.product_id
     WHERE p.average IS DISTINCT FROM p.wanted OR p.is_last AND s.average_cost <> p.average
), kpis AS (
    SELECT s.store_id, count(*) AS products, sum(s.on_hand) AS units, sum(s.on_hand * p.unit_cost) AS cost_value,
           sum(s.on_hand * p.sale_price) AS retail_value,
           count(*) FILTER (WHERE s.status = 'low') AS low, count(*) FILTER (WHERE s.status = 'out') AS out,
           count(*) FILTER (WHERE s.status = 'negative') AS negative,
           count(*) FILTER (WHERE s.status = 'over') AS over,
           count(*) FILTER (WHERE s.reorder_level <> coalesce(s.reorder_level_override, p.reorder_level)
                   OR s.order_up_to IS DISTINCT FROM coalesce(s.order_up_to_override, p.order_up_to)) AS levels_off
      FROM stock_stock s JOIN catalog_product p ON p.organization_id = s.organization_id AND p.id = s.product_id
     WHERE s.organization_id = %(organization)s
     GROUP BY s.store_id
), kpi_drift AS (
    SELECT count(*) FILTER (
            WHERE (k.products, k.units, k.cost_value, k.retail_value, k.low, k.out, k.negative, k.over)
                  IS DISTINCT FROM (c.products, c.units, c.cost_value, c.retail_value, c.low, c.out, c.negative, c.over)
               OR c.levels_off > 0) AS kpi_drift
      FROM (SELECT * FROM stock_storekpi WHERE organization_id = %(organization)s) k FULL JOIN kpis c USING (store_id)
), moved AS (
    SELECT m.store_id, m.product_id, m.business_date AS date, m.quantity,
           CASE WHEN coalesce(o.kind, m.kind) IN ('sale', 'customer_return') THEN -m.quantity ELSE 0 END AS sold,
           coalesce(m.unit_price, 0) AS price, m.kind, coalesce(m.unit_cost, 0) AS unit_cost
      FROM stock_stockmovement m
      LEFT JOIN stock_stockmovement o ON o.organization_id = m.organization_id AND o.id = m.reverses_id
     WHERE m.organization_id = %(organization)s AND m.status = 'applied'
), sales AS (
    SELECT store_id, product_id, date, sum(sold) AS units, sum(sold * price) AS revenue, sum(sold * unit_cost) AS cost,
           coalesce(sum(sold * price) FILTER (WHERE unit_cost > 0), 0) AS costed_revenue,
           sum(stock_sales_counted(kind, sold)) AS transactions
      FROM moved WHERE sold <> 0 GROUP BY store_id, product_id, date
), sales_drift AS (
    SELECT count(*) FILTER (WHERE (d.units, d.revenue, d.cost, d.costed_revenue, d.transactions) IS DISTINCT FROM
               (sales.units, sales.revenue, sales.cost, sales.costed_revenue, sales.transactions)) AS daily_sales_drift
      FROM (SELECT * FROM stock_dailysales WHERE organization_id = %(organization)s) d
      FULL JOIN sales USING (store_id, product_id, date)
), days AS (
    SELECT store_id, date, count(*) AS movements,
           coalesce(sum(quantity) FILTER (WHERE quantity > 0), 0) AS units_in,
           coalesce(-sum(quantity) FILTER (WHERE quantity < 0), 0) AS units_out,
           sum(sold) AS units_sold, sum(sold * price) AS revenue
      FROM moved GROUP BY store_id, date
), day_drift AS (
    SELECT count(*) FILTER (WHERE (d.movements, d.units_in, d.units_out, d.units_sold, d.revenue) IS DISTINCT FROM
               (days.movements, days.units_in, days.units_out, days.units_sold, days.revenue)) AS store_day_drift
      FROM (SELECT * FROM stock_storeday WHERE organization_id = %(organization)s) d FULL JOIN days USING (store_id, date)
), posted AS (
    SELECT transfer_id AS order_id, product_id, -sum(quantity) FILTER (WHERE kind <> 'removal') AS away,
           -- Damaged on arrival: removed at once, or put on hold.
           coalesce(-sum(quantity) FILTER (WHERE kind = 'removal'), 0) + coalesce(sum(held), 0) AS lost
      FROM stock_stockmovement
     WHERE organization_id = %(organization)s AND transfer_id IS NOT NULL AND source = 'transfer_order' AND status = 'applied'
     GROUP BY 1, 2
), transit_drift AS (
    -- What left the source and came in nowhere is in transit, but for what arrived beyond it; losses are removals.
    SELECT count(*) FILTER (WHERE coalesce(away, 0) <> coalesce(l.in_transit - l.over, 0)
                               OR coalesce(lost, 0) <> coalesce(l.damaged + l.short, 0)) AS transit_drift
      FROM (SELECT * FROM stock_transferline WHERE organization_id = %(organization)s) l
      FULL JOIN posted USING (order_id, product_id)
), delivered AS (
    SELECT line_id, sum(quantity + damaged) AS kept, sum(damaged) AS damaged, sum(rejected) AS rejected
      FROM stock_goodsreceiptline WHERE organization_id = %(organization)s AND reversed_at IS NULL GROUP BY 1
), misbooked AS (
    SELECT count(*) AS lines
      FROM stock_purchaseline l LEFT JOIN delivered d ON d.line_id = l.id
     WHERE l.organization_id = %(organization)s AND (coalesce(d.kept, 0), coalesce(d.damaged, 0), coalesce(d.rejected, 0))
           <> (l.received + l.over, l.damaged, l.rejected)
), taken_in AS (
    -- What each line of a goods receipt says of its movements: the good units, and the damaged ones on hold.
    SELECT store_id, product_id, movement_id AS id, quantity, NULL::numeric AS held, reversed_at IS NOT NULL AS reversed
      FROM stock_goodsreceiptline WHERE organization_id = %(organization)s AND movement_id IS NOT NULL
    UNION ALL
    SELECT store_id, product_id, damaged_movement_id, damaged, damaged, reversed_at IS NOT NULL
      FROM stock_goodsreceiptline WHERE organization_id = %(organization)s AND damaged_movement_id IS NOT NULL
), unposted AS (
    SELECT count(*) AS postings
      FROM taken_in t
      FULL JOIN (SELECT m.*, r.reversal_id IS NOT NULL AS reversed
                   FROM stock_stockmovement m
                   LEFT JOIN stock_movementreversal r ON r.organization_id = m.organization_id AND r.movement_id = m.id
                  WHERE m.organization_id = %(organization)s AND m.source = 'purchase_order' AND m.status = 'applied') m USING (id)
     WHERE (t.store_id, t.product_id, t.quantity, t.held, t.reversed)
           IS DISTINCT FROM (m.store_id, m.product_id, m.quantity, m.held, m.reversed)
), misstated AS (
    -- Orders whose state contradicts their lines.
    SELECT count(*) AS orders
      FROM stock_purchaseorder o
     CROSS JOIN LATERAL (SELECT sum(outstanding) AS missing, sum(received) AS arrived FROM stock_purchaseline l
                          WHERE l.organization_id = o.organization_id AND l.order_id = o.id) sums
     WHERE o.organization_id = %(organization)s
       AND CASE o.status WHEN 'sent' THEN missing = 0 OR arrived > 0 WHEN 'partially_received' THEN missing = 0 OR arrived = 0
                WHEN 'draft' THEN arrived > 0 ELSE missing > 0 END
), calendar AS (
    SELECT store_id, array_agg(date ORDER BY date) AS dates, array_agg(ends_at ORDER BY date) AS ends,
           array_agg(known_at ORDER BY date) AS knowns, array_agg(sequence ORDER BY date) AS sequences
      FROM stock_snapshotday WHERE organization_id = %(organization)s GROUP BY store_id
), entered AS (
    -- Each movement by the first day that holds it: over by its end, known by then, and applied before its cut.
    SELECT m.store_id, m.product_id, m.quantity, c.dates,
           greatest(width_bucket(m.effective_at, c.ends), width_bucket(m.recorded_at, c.knowns),
                    width_bucket(m.sequence - 1, c.sequences)) + 1 AS place
      FROM stock_stockmovement m JOIN calendar c USING (store_id)
     WHERE m.organization_id = %(organization)s AND m.status = 'applied'
), closings AS (
    SELECT store_id, product_id, dates[place] AS date,
           sum(sum(quantity)) OVER (PARTITION BY store_id, product_id ORDER BY place) AS on_hand, sum(quantity) AS change
      FROM entered WHERE place <= cardinality(dates) GROUP BY store_id, product_id, dates, place
), snapshot_drift AS (
    SELECT count(*) FILTER (WHERE s.on_hand IS DISTINCT FROM c.on_hand) AS snapshot_drift
      FROM (SELECT * FROM stock_stocksnapshot WHERE organization_id = %(organization)s) s
      FULL JOIN (SELECT * FROM closings WHERE change <> 0) c USING (store_id, product_id, date)
), open_lines AS (
    SELECT store_id, product_id, sum(open) AS open
      FROM stock_reservationline WHERE organization_id = %(organization)s AND open > 0 GROUP BY 1, 2
), promised AS (
    SELECT count(*) FILTER (WHERE coalesce(s.reserved, 0) <> coalesce(o.open, 0)) AS balances
      FROM (SELECT * FROM stock_stock WHERE organization_id = %(organization)s AND reserved <> 0) s
      FULL JOIN open_lines o USING (store_id, product_id)
), contradicted AS (
    SELECT count(*) AS reservations
      FROM stock_reservation r
     WHERE r.organization_id = %(organization)s AND (r.status = 'active') IS DISTINCT FROM EXISTS (
           SELECT FROM stock_reservationline l
            WHERE l.organization_id = r.organization_id AND l.reservation_id = r.id AND l.open > 0)
), taken AS (
    -- By the movement's own place as well: one of another balance fulfils nothing here.
    SELECT f.line_id, sum(f.quantity) AS kept,
           -sum(m.quantity) FILTER (WHERE m.status = 'applied' AND m.source = 'reservation'
                                      AND (m.store_id, m.product_id) = (l.store_id, l.product_id)) AS moved
      FROM stock_reservationfulfilment f
      JOIN stock_reservationline l ON l.organization_id = f.organization_id AND l.id = f.line_id
      LEFT JOIN stock_stockmovement m ON m.organization_id = f.organization_id AND m.id = f.movement_id
     WHERE f.organization_id = %(organization)s
     GROUP BY f.line_id
), unexplained AS (
    SELECT count(*) AS lines
      FROM stock_reservationline l LEFT JOIN taken ON taken.line_id = l.id
     WHERE l.organization_id = %(organization)s
       AND (coalesce(taken.kept, 0) <> l.fulfilled OR coalesce(taken.moved, 0) <> l.fulfilled)
)
SELECT movements, balances.balances, balance_drift, chain_breaks, kpi_drift, daily_sales_drift, store_day_drift, transit_drift, snapshot_drift, hold_drift,
       values_off + averages_off.steps AS value_drift,
       promised.balances + contradicted.reservations + unexplained.lines AS reserved_drift,
       misbooked.lines + unposted.postings + misstated.orders AS receipt_drift
  FROM misbooked, unposted, misstated, averages_off, balances, kpi_drift, sales_drift, day_drift, transit_drift, snapshot_drift, promised, contradicted, unexplained
