-- Judge a batch in order of arrival, then change balances, write the ledger, daily sales, the stores' figures and days,
-- and the log: one statement, which begins with the movements (facts_given.sql or facts_staged.sql). The balances are
-- locked already (lock_balances.sql), so their places (ctid) stand still. Each movement is refused on its own merits by
-- the guarded running balance; a refused one leaves the balance as it was and is recorded with its reason.
-- A movement with `held` changes what is on hold in a bucket; it is the only one of its balance in its batch
-- (ledger.segments), so it is judged by the balance as it stands.
-- Each moves at the cost it came in at, else at the balance's average. Where a movement changes the average or comes
-- late, revalue.sql follows with what this statement answers as `recosted`. What only movements with a cost of their own
-- need stands between marks, and is left out of the statement for the batches that have none (average_costs.apply_statement).
period AS (
    -- Read here and not with the locks: this statement's snapshot is taken while the books are held.
    SELECT closed_through FROM stock_periodclosing WHERE organization_id = %(organization)s ORDER BY id DESC LIMIT 1
), touched AS MATERIALIZED (
    -- Each balance is looked up once and by its keys: of an organisation that is new or large the planner may believe
    -- anything, and a join in another order reads all of its products for every movement. OFFSET 0 keeps the order.
    SELECT w.store, w.product, s.*, p.*, place.*
      FROM (SELECT DISTINCT store, product FROM facts) w
     CROSS JOIN LATERAL (
           SELECT ctid AS place_of_balance, on_hand AS opening, reserved, on_hold, on_hold_damaged, on_hold_quality,
                  reserved + on_hold AS promised, reorder_level, order_up_to, status AS opening_status,
                  average_cost, cost_changed_at
             FROM stock_stock
            WHERE organization_id = %(organization)s AND store_id = w.store AND product_id = w.product OFFSET 0) s
     CROSS JOIN LATERAL (
           SELECT sku, unit_cost AS product_cost, sale_price, greatest(sale_price, unit_cost) AS highest_price
             FROM catalog_product WHERE organization_id = %(organization)s AND id = w.product OFFSET 0) p
     CROSS JOIN LATERAL (
           SELECT time_zone, currency FROM stores_store WHERE organization_id = %(organization)s AND id = w.store OFFSET 0) place
-- costs {
), dearest AS (
    -- The average of a balance never grows beyond the dearest cost it is told of.
    SELECT store, product, max(stated_cost) AS cost FROM facts WHERE stated_cost IS NOT NULL GROUP BY store, product
-- }
), running AS (
    SELECT f.*, t.place_of_balance, t.opening, t.promised, t.reorder_level, t.order_up_to, t.opening_status,
           t.sku, t.product_cost, t.sale_price, t.time_zone, t.cost_changed_at,
           -- A balance begins with the product's cost, once it is known.
           CASE WHEN t.average_cost = 0 AND t.opening = 0 AND t.cost_changed_at IS NULL THEN t.product_cost
                ELSE t.average_cost END AS average_before,
-- costs {
           CASE WHEN f.reverses IS NOT NULL THEN stock_cost_of(%(organization)s, f.reverses)
                WHEN f.kind = 'transfer_receipt' THEN stock_cost_sent(%(organization)s, f.transfer, f.product, t.currency)
                ELSE f.stated_cost END AS own_cost,
-- }
           CASE WHEN f.given_up IS NOT NULL THEN f.given_up
                WHEN (SELECT closed_through FROM period) >= (f.effective_at AT TIME ZONE t.time_zone)::date
                THEN 'period_closed'
                -- A movement of more than this (intake.MAX_VALUE) could make the sums grow beyond numeric(24,4).
                WHEN abs(f.quantity) * greatest(f.unit_price, t.highest_price, t.average_cost
-- costs {
                                                , dearest.cost
-- }
                                               ) > 1000000000000
                THEN 'value_too_large'
                WHEN f.held IS NULL THEN NULL
                WHEN f.held < -CASE f.bucket WHEN 'damaged' THEN t.on_hold_damaged ELSE t.on_hold_quality END
                THEN 'insufficient_on_hold'
                -- From bucket to bucket: the units are on hold already.
                WHEN f.quantity = 0 AND f.held > greatest(t.opening - t.promised, 0) AND f.source <> 'rebooking'
                THEN 'insufficient_stock' END AS refused,
           CASE WHEN f.kind = 'sale' AND %(negative_sales)s THEN '-Infinity'::numeric
                -- Written off on arrival: it takes only what the movement before it brought in.
                WHEN f.kind = 'removal' AND f.transfer IS NOT NULL THEN '-Infinity'
                -- A fulfilment takes goods reserved for it, and a disposal goods on hold: not what is available.
                WHEN f.source = 'reservation' THEN t.on_hold
                WHEN f.held IS NOT NULL THEN 0
                WHEN f.kind IN ('sale', 'removal', 'supplier_return', 'transfer_dispatch') THEN t.promised
                ELSE 0 END AS lowest
      FROM facts f JOIN touched t ON t.store = f.store AND t.product = f.product
-- costs {
      LEFT JOIN dearest ON dearest.store = f.store AND dearest.product = f.product
-- }
), guarded AS MATERIALIZED (
    SELECT r.*, stock_guarded_balance(opening, CASE WHEN refused IS NULL THEN quantity ELSE 0 END, lowest) OVER w AS balance
      FROM running r
    WINDOW w AS (PARTITION BY store, product ORDER BY arrival)
), judged AS (
    SELECT l.*,
           refused IS NULL AND balance = previous + quantity AS applied,
-- costs {
           -- The average takes a step only where a movement has a cost of its own; in between it stands still.
           coalesce(own_cost,
                    stock_moving_average(average_before, previous, quantity, own_cost)
                        FILTER (WHERE own_cost IS NOT NULL AND reverses IS NULL AND refused IS NULL
                                  AND balance = previous + quantity) OVER w,
                    average_before) AS unit_cost,
-- } no costs {
           average_before AS unit_cost,
-- }
           (effective_at AT TIME ZONE time_zone)::date AS business_date
      FROM (SELECT g.*, coalesce(lag(balance) OVER w, opening) AS previous, lead(1) OVER w AS successor
              FROM guarded g WINDOW w AS (PARTITION BY store, product ORDER BY arrival)) l
-- costs {
    WINDOW w AS (PARTITION BY store, product ORDER BY arrival)
-- }
), verdict AS (
    SELECT j.*, successor IS NULL AS is_last,
           CASE WHEN applied THEN '' WHEN refused IS NOT NULL THEN refused
                WHEN quantity < 0 AND previous + quantity < lowest THEN 'insufficient_stock'
                ELSE 'balance_too_large' END AS rejection,
           CASE WHEN applied AND (kind IN ('sale', 'customer_return') OR reverses_sale) THEN -quantity ELSE 0 END AS sold,
           CASE WHEN applied THEN held END AS holding,
           -- What the balance is worth changes beyond what moved: see revalue.sql.
           applied AND (effective_at < cost_changed_at
-- costs {
                        -- A cost that was said, or brought along, is a step even when it is the average: something that
                        -- becomes known later may come before it.
                        OR own_cost IS NOT NULL AND (cost_changed_at IS NOT NULL OR stated_cost IS NOT NULL
                                                     OR kind = 'transfer_receipt' OR own_cost <> average_before)
-- }
                       ) AS recosts,
           stock_status(balance - promised - CASE WHEN applied THEN coalesce(held, 0) ELSE 0 END, reorder_level, balance,
                        order_up_to) AS closing_status
      FROM judged j
), sums AS MATERIALIZED (
    -- PostgreSQL runs the writing parts from the last to the first. Whoever waits for a store's figures waits until our
    -- commit, so they come first here to be written last.
    SELECT store, business_date AS date,
           count(*) FILTER (WHERE applied) AS movements,
           coalesce(sum(quantity) FILTER (WHERE applied AND quantity > 0), 0) AS units_in,
           coalesce(-sum(quantity) FILTER (WHERE applied AND quantity < 0), 0) AS units_out,
           sum(sold) AS units_sold, sum(sold * coalesce(unit_price, sale_price)) AS revenue,
           coalesce(sum(quantity * product_cost) FILTER (WHERE applied), 0) AS cost,
           coalesce(sum(quantity * sale_price) FILTER (WHERE applied), 0) AS retail,
           coalesce(sum((closing_status = 'low')::int - (opening_status = 'low')::int) FILTER (WHERE is_last), 0) AS low,
           coalesce(sum((closing_status = 'out')::int - (opening_status = 'out')::int) FILTER (WHERE is_last), 0) AS out,
           coalesce(sum((closing_status = 'negative')::int - (opening_status = 'negative')::int) FILTER (WHERE is_last), 0) AS negative,
           coalesce(sum((closing_status = 'over')::int - (opening_status = 'over')::int) FILTER (WHERE is_last), 0) AS over
      FROM verdict GROUP BY store, business_date
), figures AS (
    -- In order of store. A store's figures are there since its first balance was made.
    INSERT INTO stock_storekpi AS k (
        organization_id, store_id, products, units, cost_value, retail_value, low, out, negative, over)
    SELECT %(organization)s, store, 0, sum(units_in - units_out), sum(cost), sum(retail), sum(low), sum(out), sum(negative), sum(over)
      FROM sums GROUP BY store HAVING sum(movements) > 0
     ORDER BY store
    ON CONFLICT (store_id) DO UPDATE
       SET units = k.units + excluded.units, cost_value = k.cost_value + excluded.cost_value,
           retail_value = k.retail_value + excluded.retail_value, low = k.low + excluded.low,
           out = k.out + excluded.out, negative = k.negative + excluded.negative, over = k.over + excluded.over,
           updated_at = now()
    RETURNING 1
), days AS (
    -- After the figures, as everywhere: two batches meet in a store's figures before they can meet in its days.
    INSERT INTO stock_storeday AS d (organization_id, store_id, date, movements, units_in, units_out, units_sold, revenue)
    SELECT %(organization)s, store, date, movements, units_in, units_out, units_sold, revenue
      FROM sums WHERE movements > 0 AND (SELECT count(*) FROM figures) > 0
     ORDER BY store, date
    ON CONFLICT (organization_id, store_id, date) DO UPDATE
       SET movements = d.movements + excluded.movements, units_in = d.units_in + excluded.units_in,
           units_out = d.units_out + excluded.units_out, units_sold = d.units_sold + excluded.units_sold,
           revenue = d.revenue + excluded.revenue
), balances AS (
    UPDATE stock_stock s
       SET on_hand = v.balance, status = v.closing_status, oversold = v.balance < 0, updated_at = now(),
           average_cost = v.average_before, on_hold = s.on_hold + coalesce(v.holding, 0),
           on_hold_damaged = s.on_hold_damaged + CASE v.bucket WHEN 'damaged' THEN coalesce(v.holding, 0) ELSE 0 END,
           on_hold_quality = s.on_hold_quality + CASE v.bucket WHEN 'quality' THEN coalesce(v.holding, 0) ELSE 0 END
      FROM verdict v
     -- Not is_last: of IS NULL the planner expects few rows, and goes from them to their places, not the other way.
     WHERE v.successor IS NULL AND (v.balance <> v.opening OR v.holding IS NOT NULL)
       AND s.ctid = v.place_of_balance AND s.organization_id = %(organization)s
    RETURNING stock_left_its_lines(s.on_hand - s.reserved - s.on_hold, s.watch_below, s.watch_above, s.status) AS called
), ledger AS (
    INSERT INTO stock_stockmovement (
        organization_id, id, store_id, product_id, kind, status, rejection, quantity, balance_after, effective_at,
        business_date, recorded_at, applied_via, actor_id, source, reference, reason, unit_price, unit_cost, idempotency_key,
        transfer_id, reverses_id, held, bucket)
    SELECT %(organization)s, id, store, product, kind, CASE WHEN applied THEN 'applied' ELSE 'rejected' END, rejection,
           quantity, balance, effective_at, business_date, recorded_at, %(via)s, actor, source, reference, reason,
           CASE WHEN sold <> 0 THEN coalesce(unit_price, sale_price) ELSE unit_price END, unit_cost, key,
           transfer, reverses, held, bucket
      FROM verdict ORDER BY arrival
), daily AS (
    INSERT INTO stock_dailysales AS d (
        organization_id, store_id, product_id, date, units, revenue, cost, costed_revenue, transactions)
    SELECT %(organization)s, store, product, business_date, sum(sold), sum(sold * coalesce(unit_price, sale_price)),
           sum(sold * unit_cost), coalesce(sum(sold * coalesce(unit_price, sale_price)) FILTER (WHERE unit_cost > 0), 0),
           sum(stock_sales_counted(kind, sold))
      FROM verdict WHERE sold <> 0
     GROUP BY store, product, business_date
     ORDER BY store, product, business_date
    ON CONFLICT (organization_id, store_id, product_id, date) DO UPDATE
       SET units = d.units + excluded.units, revenue = d.revenue + excluded.revenue, cost = d.cost + excluded.cost,
           costed_revenue = d.costed_revenue + excluded.costed_revenue, transactions = d.transactions + excluded.transactions
-- costs {
), recosted AS MATERIALIZED (
    -- The base is said too: a batch that leaves a new balance as empty as it was does not keep it there.
    SELECT store, product, opening * average_before AS value, average_before AS base, opening < 0 AS short, min(effective_at) AS since,
           coalesce(bool_or(effective_at < cost_changed_at), false) AS late
      FROM verdict WHERE recosts GROUP BY store, product, opening, average_before
-- }
), opened AS MATERIALIZED (
    SELECT chain, number FROM audit_open_block(%(organization)s, %(chain)s::smallint)
), entry AS (
    INSERT INTO audit_entry (
        organization_id, chain, block, actor_id, actor_label, action, object_type, object_id, object_label,
        store_id, product_id, before, after, detail, request_id)
    SELECT %(organization)s, opened.chain, opened.number, actor, coalesce(actor_label, ''),
           CASE WHEN applied THEN 'stock.movement.applied' ELSE 'stock.movement.rejected' END, 'movement', id::text, sku,
           store, product, jsonb_build_object('on_hand', previous), jsonb_build_object('on_hand', balance),
           CASE WHEN held IS NULL
                THEN jsonb_build_object('kind', kind, 'quantity', quantity, 'rejection', rejection, 'reference', reference, 'reason', reason)
                ELSE jsonb_build_object('kind', kind, 'quantity', quantity, 'rejection', rejection, 'reference', reference, 'reason', reason,
                                        'bucket', bucket, 'held', held) END,
           coalesce(request_id, '')
      FROM verdict, opened ORDER BY arrival
    RETURNING *
), sealed AS (
    SELECT audit_seal_block(
        organization_id, chain, block,
        array_agg(sequence ORDER BY sequence),
        array_agg(audit_canonical(
            organization_id, sequence, occurred_at, chain, block, actor_id, actor_label, action, object_type,
            object_id, object_label, store_id, product_id, before, after, detail, request_id) ORDER BY sequence)) AS block
      FROM entry GROUP BY organization_id, chain, block

)
SELECT -- In order of arrival, so that whoever sent the movements knows whose verdict is whose.
       (SELECT array_agg(rejection ORDER BY arrival) FROM verdict WHERE %(every_verdict)s) AS rejections,
       (SELECT array_agg(balance::float8 ORDER BY arrival) FROM verdict WHERE %(every_verdict)s) AS balances,
       (SELECT json_agg(json_build_object('id', id, 'status', 'rejected', 'rejection', rejection, 'balance_after', balance)
                        ORDER BY arrival) FROM verdict WHERE NOT applied AND NOT %(every_verdict)s)::text AS refused,
       (SELECT count(*) FROM verdict) AS judged,
       (SELECT min(date) FROM sums WHERE movements > 0) AS earliest_day,
       -- Whether a trigger has written a call that somebody waits for (models.watches).
       (SELECT bool_or(called) FROM balances) AS called,
       (SELECT count(block) FROM sealed) AS blocks,
-- costs {
       (SELECT json_agg(json_build_object('store', store, 'product', product, 'since', since, 'late', late, 'short', short,
                                          'value', (value + moved)::text, 'base', base::text, 'movements', movements))
          FROM (SELECT r.*, sum(v.quantity * v.unit_cost) AS moved,
                       coalesce(json_agg(v.id) FILTER (WHERE v.recosts AND v.own_cost IS NOT NULL), '[]') AS movements
                  FROM recosted r JOIN verdict v ON v.store = r.store AND v.product = r.product AND v.applied
                 GROUP BY r.store, r.product, r.value, r.base, r.short, r.since, r.late) each)::text AS recosted
-- } no costs {
       -- All moved at the average there was, so a balance is still worth on hand times that.
       (SELECT json_agg(json_build_object('store', store, 'product', product, 'since', effective_at))
          FROM verdict WHERE recosts)::text AS recosted
-- }
