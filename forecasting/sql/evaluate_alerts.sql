-- Judge balances: raise the alerts whose cause is there, change those that last, close those whose cause is gone. The
-- balances and their alerts are held already, so this statement's snapshot is the truth until commit. Run again, it
-- changes nothing. docs/alerts.md has the conditions in words.
--
-- Every condition compares what is available with a line, and quantities go in thousandths: `available < c` for each c
-- below. Between the nearest two lines nothing changes, and the balance calls when it leaves them (stock.models.watches).
WITH asked AS MATERIALIZED (
    SELECT store_id, product_id FROM unnest(%(stores)s::bigint[], %(products)s::bigint[]) AS a (store_id, product_id)
), papers AS MATERIALIZED (
    -- What is under way, and what is on papers nobody has sent yet.
    SELECT store_id, product_id, sum(coming) AS coming, min(expected_on) AS expected_on, sum(planned) AS planned
      FROM (SELECT o.store_id, l.product_id, CASE o.status WHEN 'draft' THEN 0 ELSE l.outstanding END AS coming,
                   CASE o.status WHEN 'draft' THEN l.ordered ELSE 0 END AS planned,
                   CASE WHEN o.status <> 'draft' THEN o.expected_on END AS expected_on
              FROM stock_purchaseorder o
              JOIN stock_purchaseline l ON l.organization_id = o.organization_id AND l.order_id = o.id
             WHERE o.organization_id = %(organization)s AND o.status IN ('draft', 'sent', 'partially_received')
               AND l.outstanding > 0
               AND o.store_id = ANY(%(stores)s::bigint[]) AND l.product_id = ANY(%(products)s::bigint[])
             UNION ALL
            SELECT o.destination_id, l.product_id, l.in_transit, 0, o.expected_on
              FROM stock_transferorder o
              JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
             WHERE o.organization_id = %(organization)s AND o.status IN ('dispatched', 'partially_received')
               AND l.in_transit > 0
               AND o.destination_id = ANY(%(stores)s::bigint[]) AND l.product_id = ANY(%(products)s::bigint[])
             UNION ALL
            SELECT o.destination_id, l.product_id, 0, l.requested, NULL
              FROM stock_transferorder o
              JOIN stock_transferline l ON l.organization_id = o.organization_id AND l.order_id = o.id
             WHERE o.organization_id = %(organization)s AND o.status IN ('draft', 'requested', 'approved')
               AND o.destination_id = ANY(%(stores)s::bigint[]) AND l.product_id = ANY(%(products)s::bigint[])) p
     GROUP BY store_id, product_id
), facts AS MATERIALIZED (
    SELECT s.store_id, s.product_id, p.sku, st.name AS store_name, s.on_hand, s.watch_below, s.watch_above,
           s.on_hand - s.reserved - s.on_hold AS available, s.average_cost, s.order_up_to AS shelf_up_to, s.reorder_level,
           st.is_active AS is_open, st.is_active AND p.lifecycle IN ('new', 'active') AS restocked, st.time_zone,
           greatest(p.sale_price - p.unit_cost, 0) AS margin, p.pack_size, p.moq,
           (%(now)s::timestamptz AT TIME ZONE st.time_zone)::date AS today,
           coalesce(w.coming, 0) AS coming, coalesce(w.planned, 0) AS planned, w.expected_on,
           f.units_1::numeric AS u1, f.units_7::numeric AS u7, f.units_14::numeric AS u14, f.units_30::numeric AS u30,
           -- The policy's, or the level somebody set, whichever is reached first.
           greatest(l.reorder_point::numeric, nullif(s.reorder_level, 0)) AS reorder_point,
           l.order_up_to::numeric AS order_up_to, l.fixed::numeric AS fixed,
           coalesce(l.lead_days, p.lead_time_days, 7) AS lead_days,
           o.alert_overstock_days AS over_days, o.alert_overstock_factor AS over_factor, o.alert_dead_days AS dead_days
      FROM asked a
      JOIN stock_stock s
        ON s.organization_id = %(organization)s AND s.store_id = a.store_id AND s.product_id = a.product_id
      JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = s.product_id
      JOIN stores_store st ON st.organization_id = %(organization)s AND st.id = s.store_id
      JOIN accounts_organization o ON o.id = %(organization)s
      LEFT JOIN papers w ON w.store_id = s.store_id AND w.product_id = s.product_id
      LEFT JOIN forecasting_forecast f
        ON f.organization_id = %(organization)s AND f.store_id = s.store_id AND f.product_id = s.product_id
       AND f.run_id = (SELECT id FROM forecasting_forecastrun WHERE organization_id = %(organization)s AND is_current)
      LEFT JOIN forecasting_restocklevel l
        ON l.organization_id = %(organization)s AND l.store_id = s.store_id AND l.product_id = s.product_id
), timed AS (
    SELECT f.*, available + coming AS position,
           -- Days that what is there must last. What is late may come tomorrow; without a date, or with nothing on its
           -- way, it is the lead time of an order placed tonight.
           CASE WHEN coming = 0 OR expected_on IS NULL THEN lead_days
                WHEN expected_on < today THEN 1 ELSE least(expected_on - today, 3650) END AS delivery_days,
           CASE WHEN NOT is_open OR on_hand <= 0 THEN false
                ELSE NOT EXISTS (SELECT FROM stock_dailysales d
                                  WHERE d.organization_id = %(organization)s AND d.store_id = f.store_id
                                    AND d.product_id = f.product_id AND d.date > today - dead_days AND d.units > 0)
                     AND EXISTS (SELECT FROM stock_stockmovement m
                                  WHERE m.organization_id = %(organization)s AND m.store_id = f.store_id
                                    AND m.product_id = f.product_id AND m.status = 'applied'
                                    AND m.effective_at < (today - dead_days + 1)::timestamp AT TIME ZONE time_zone)
           END AS is_dead
      FROM facts f
), demanded AS (
    -- Between 1, 7, 14 and 30 days demand is taken as even.
    SELECT t.*, CASE WHEN delivery_days <= 1 THEN u1 * delivery_days
                     WHEN delivery_days <= 7 THEN u1 + (u7 - u1) * (delivery_days - 1) / 6
                     WHEN delivery_days <= 14 THEN u7 + (u14 - u7) * (delivery_days - 7) / 7
                     WHEN delivery_days <= 30 THEN u14 + (u30 - u14) * (delivery_days - 14) / 16
                     ELSE u30 * delivery_days / 30 END AS demand
      FROM timed t
), lined AS (
    SELECT d.*, ceil(u1 * 1000) / 1000 AS line_1, ceil(u7 * 1000) / 1000 AS line_7, ceil(u30 * 1000) / 1000 AS line_30,
           CASE WHEN u30 > 0 THEN ceil(demand * 1000) / 1000 END AS line_out,
           CASE WHEN reorder_point > 0 THEN floor(reorder_point * 1000) / 1000 + 0.001 - coming END AS line_order,
           -- What the policy itself would order is never too much.
           floor(least(CASE WHEN u30 > 0 THEN greatest(u30 * over_days / 30, order_up_to, reorder_level) END,
                       shelf_up_to * over_factor) * 1000) / 1000 + 0.001 AS line_over
      FROM demanded d
), judged AS MATERIALIZED (
    SELECT l.*,
           CASE WHEN u1 IS NULL THEN NULL WHEN available < line_1 THEN 1 WHEN available < line_7 THEN 2 ELSE 3 END AS pressure,
           greatest(coalesce(demand, 0) - greatest(available, 0), 0) AS short,
           CASE WHEN NOT restocked THEN 0
                WHEN fixed IS NOT NULL THEN fixed - coming - planned
                WHEN order_up_to IS NOT NULL THEN order_up_to - position - planned
                -- Before a policy was worked out: a week's forecast and a fifth.
                WHEN u7 IS NOT NULL THEN u7 * 1.2 - coming - planned
                ELSE coalesce(shelf_up_to, reorder_level) - position - planned END AS missing,
           lines.below, lines.above
      FROM lined l
     CROSS JOIN LATERAL (
           SELECT CASE WHEN is_dead THEN available ELSE max(line) FILTER (WHERE line <= available) END AS below,
                  -- A sale ends dead stock, whatever is left: then every change calls.
                  CASE WHEN is_dead THEN available ELSE min(line) FILTER (WHERE line > available) END AS above
             FROM (SELECT unnest(ARRAY[0.001, line_1, line_7, line_30, line_out, line_order]) AS line WHERE restocked
                   UNION ALL SELECT line_over WHERE is_open) known) lines
), wanted AS MATERIALIZED (
    SELECT j.*, k.kind, k.severity::smallint, k.units::float8 AS units_at_risk,
           round(k.units * k.worth, 4)::float8 AS money_at_risk,
           (CASE WHEN k.kind IN ('overstock', 'dead_stock') OR missing <= 0.0000001 THEN 0
                 ELSE ceil(round(greatest(missing, moq) / pack_size, 9)) * pack_size END)::numeric(14, 3) AS quantity,
           coalesce(position + planned <= reorder_point, false) AS order_now
      FROM judged j
     CROSS JOIN LATERAL (VALUES
           ('out_of_stock', CASE WHEN restocked AND available < 0.001
                                 THEN CASE WHEN u30 IS NULL THEN 2 WHEN u30 > 0 THEN 1 ELSE 3 END END, short, margin),
           ('at_risk', CASE WHEN restocked AND available < line_30 THEN pressure END, short, margin),
           ('below_reorder_point', CASE WHEN restocked AND available < line_order THEN coalesce(pressure, 3) END, short, margin),
           ('predicted_stockout', CASE WHEN restocked AND available < line_out THEN pressure END, short, margin),
           ('overstock', CASE WHEN is_open AND available >= line_over THEN 3 END, available - line_over + 0.001, average_cost),
           ('dead_stock', CASE WHEN is_dead THEN 3 END, on_hand, average_cost)) AS k (kind, severity, units, worth)
     WHERE k.severity IS NOT NULL
), known AS MATERIALIZED (
    SELECT a.id, a.store_id, a.product_id, a.kind, a.severity, a.status
      FROM asked q
      JOIN forecasting_alert a
        ON a.organization_id = %(organization)s AND a.store_id = q.store_id AND a.product_id = q.product_id
       AND a.closed_at IS NULL
), raised AS (
    INSERT INTO forecasting_alert (
        organization_id, store_id, product_id, kind, severity, status, available, position, units_1, units_7, units_30,
        reorder_point, order_up_to, coming, expected_on, delivery_days, quantity, order_now, units_at_risk, money_at_risk,
        at_opening, opened_at, looked_at, assignee, note, decided_by, version)
    SELECT %(organization)s, store_id, product_id, kind, severity, 'open', available, position, u1, u7, u30,
           reorder_point, order_up_to, coming, expected_on, delivery_days, quantity, order_now, units_at_risk, money_at_risk,
           jsonb_build_object('severity', severity, 'available', available, 'position', position,
                              'units_1', u1, 'units_7', u7, 'units_30', u30),
           %(now)s, %(now)s, '', '', '', 1
      FROM wanted w
     WHERE NOT EXISTS (SELECT FROM known k
                        WHERE k.store_id = w.store_id AND k.product_id = w.product_id AND k.kind = w.kind)
     ORDER BY severity, store_id, product_id, kind
    ON CONFLICT (organization_id, store_id, product_id, kind) WHERE closed_at IS NULL DO NOTHING
    RETURNING id, store_id, product_id, kind, severity, status
), changed AS (
    UPDATE forecasting_alert a
       SET severity = w.severity, available = w.available, position = w.position, units_1 = w.u1, units_7 = w.u7,
           units_30 = w.u30, reorder_point = w.reorder_point, order_up_to = w.order_up_to, coming = w.coming,
           expected_on = w.expected_on, delivery_days = w.delivery_days, quantity = w.quantity, order_now = w.order_now,
           units_at_risk = w.units_at_risk, money_at_risk = w.money_at_risk, looked_at = %(now)s,
           -- Whoever said "I know" said it of something less bad.
           status = CASE WHEN w.severity < k.severity THEN 'open' ELSE k.status END,
           snoozed_until = CASE WHEN w.severity < k.severity THEN NULL ELSE a.snoozed_until END,
           version = a.version + (w.severity <> k.severity)::int,
           updated_at = CASE WHEN w.severity <> k.severity THEN %(now)s ELSE a.updated_at END
      FROM known k
      JOIN wanted w ON w.store_id = k.store_id AND w.product_id = k.product_id AND w.kind = k.kind
     WHERE a.organization_id = %(organization)s AND a.id = k.id
       AND (a.severity, a.available, a.position, a.units_1, a.units_7, a.units_30, a.reorder_point, a.order_up_to, a.coming,
            a.expected_on, a.delivery_days, a.quantity, a.order_now, a.units_at_risk, a.money_at_risk)
           IS DISTINCT FROM
           (w.severity, w.available, w.position, w.u1::float8, w.u7::float8, w.u30::float8, w.reorder_point::float8,
            w.order_up_to::float8, w.coming, w.expected_on, w.delivery_days, w.quantity, w.order_now, w.units_at_risk,
            w.money_at_risk)
    RETURNING a.id, a.store_id, a.product_id, a.kind, a.severity, a.status, k.severity AS severity_before,
              k.status AS status_before
), closed AS (
    UPDATE forecasting_alert a
       SET status = 'resolved', snoozed_until = NULL, closed_at = %(now)s, looked_at = %(now)s, version = a.version + 1,
           updated_at = %(now)s
      FROM known k
     WHERE a.organization_id = %(organization)s AND a.id = k.id
       AND NOT EXISTS (SELECT FROM wanted w
                        WHERE w.store_id = k.store_id AND w.product_id = k.product_id AND w.kind = k.kind)
    RETURNING a.id, a.store_id, a.product_id, a.kind, a.severity, a.status, k.status AS status_before
), told AS (
    SELECT 'raised' AS verb, id, store_id, product_id, kind, severity, status, NULL::int AS severity_before,
           NULL::text AS status_before
      FROM raised
     UNION ALL
    SELECT 'changed', id, store_id, product_id, kind, severity, status, severity_before, status_before
      FROM changed WHERE severity <> severity_before
     UNION ALL
    SELECT 'closed', id, store_id, product_id, kind, severity, status, severity, status_before FROM closed
), new_lines AS (
    SELECT store_id, product_id, greatest(coalesce(below, -99999999999), -99999999999) AS below,
           least(coalesce(above, 99999999999), 99999999999) AS above, watch_below, watch_above
      FROM judged
)
SELECT (SELECT coalesce(json_agg(json_build_object(
                   'verb', verb, 'id', id, 'store', t.store_id, 'product', t.product_id, 'sku', j.sku,
                   'store_name', j.store_name, 'kind', kind, 'severity', severity, 'status', status,
                   'severity_before', severity_before, 'status_before', status_before, 'available', j.available)
                   ORDER BY severity, id), '[]')
          FROM told t JOIN judged j USING (store_id, product_id))::text AS told,
       l.*
  FROM (SELECT coalesce(array_agg(store_id), '{}') AS stores, coalesce(array_agg(product_id), '{}') AS products,
               coalesce(array_agg(below), '{}') AS below, coalesce(array_agg(above), '{}') AS above
          FROM new_lines WHERE (below, above) IS DISTINCT FROM (watch_below, watch_above)) l
