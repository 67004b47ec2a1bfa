-- Judge a batch in order of arrival, then change balances, write the ledger, daily sales, the stores' figures and days,
-- and the log: one statement. The balances are locked already (lock_balances.sql), so their places (ctid) stand still. Each movement is refused on its own merits by the guarded
-- running balance; a refused one leaves the balance as it was and is recorded with its reason.
WITH facts AS (
    SELECT * FROM ROWS FROM (json_to_recordset(%(rows)s::json) AS (
        id uuid, store bigint, product bigint, kind text, quantity numeric, effective_at timestamptz,
        recorded_at timestamptz, actor bigint, actor_label text, request_id text, source text, reference text,
        reason text, unit_price numeric, key text, transfer uuid, reverses uuid, reverses_sale boolean, rejection text
    )) WITH ORDINALITY AS each (
        id, store, product, kind, quantity, effective_at, recorded_at, actor, actor_label, request_id, source,
        reference, reason, unit_price, key, transfer, reverses, reverses_sale, refused, arrival)
), running AS (
    SELECT f.*, s.ctid AS place_of_balance, s.on_hand AS opening, s.reserved + s.on_hold AS promised, s.reorder_level, s.order_up_to, s.status AS opening_status,
           p.sku, p.unit_cost, p.sale_price, place.time_zone,
           CASE WHEN f.kind = 'sale' AND %(negative_sales)s THEN '-Infinity'::numeric
                -- Written off on arrival: it takes only what the movement before it brought in.
                WHEN f.kind = 'removal' AND f.transfer IS NOT NULL THEN '-Infinity'
                WHEN f.kind IN ('sale', 'removal', 'supplier_return', 'transfer_dispatch') THEN s.reserved + s.on_hold
                ELSE 0 END AS lowest
      FROM facts f
      JOIN stock_stock s ON s.organization_id = %(organization)s AND s.store_id = f.store AND s.product_id = f.product
      JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = f.product
      JOIN stores_store place ON place.organization_id = %(organization)s AND place.id = f.store
), guarded AS MATERIALIZED (
    SELECT r.*, stock_guarded_balance(opening, CASE WHEN refused IS NULL THEN quantity ELSE 0 END, lowest) OVER w AS balance
      FROM running r
    WINDOW w AS (PARTITION BY store, product ORDER BY arrival)
), judged AS MATERIALIZED (
    SELECT g.*,
           coalesce(lag(balance) OVER w, opening) AS previous,
           lead(1) OVER w IS NULL AS is_last,
           refused IS NULL AND balance = coalesce(lag(balance) OVER w, opening) + quantity AS applied,
           (effective_at AT TIME ZONE time_zone)::date AS business_date
      FROM guarded g
    WINDOW w AS (PARTITION BY store, product ORDER BY arrival)
), verdict AS (
    SELECT j.*,
           CASE WHEN applied THEN '' WHEN refused IS NOT NULL THEN refused
                WHEN quantity < 0 AND previous + quantity < lowest THEN 'insufficient_stock'
                ELSE 'balance_too_large' END AS rejection,
           CASE WHEN applied AND (kind IN ('sale', 'customer_return') OR reverses_sale) THEN -quantity ELSE 0 END AS sold,
           stock_status(balance - promised, reorder_level, balance, order_up_to) AS closing_status
      FROM judged j
), sums AS MATERIALIZED (
    -- PostgreSQL runs the writing parts from the last to the first. Whoever waits for a store's figures waits until our
    -- commit, so they come first here to be written last.
    SELECT store, business_date AS date,
           count(*) FILTER (WHERE applied) AS movements,
           coalesce(sum(quantity) FILTER (WHERE applied AND quantity > 0), 0) AS units_in,
           coalesce(-sum(quantity) FILTER (WHERE applied AND quantity < 0), 0) AS units_out,
           sum(sold) AS units_sold, sum(sold * coalesce(unit_price, sale_price)) AS revenue,
           coalesce(sum(quantity * unit_cost) FILTER (WHERE applied), 0) AS cost,
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
       SET on_hand = v.balance, status = v.closing_status, oversold = v.balance < 0, updated_at = now()
      FROM verdict v
     WHERE v.is_last AND v.balance <> v.opening
       AND s.ctid = v.place_of_balance AND s.organization_id = %(organization)s
), ledger AS (
    INSERT INTO stock_stockmovement (
        organization_id, id, store_id, product_id, kind, status, rejection, quantity, balance_after, effective_at,
        business_date, recorded_at, applied_via, actor_id, source, reference, reason, unit_price, unit_cost, idempotency_key,
        transfer_id, reverses_id)
    SELECT %(organization)s, id, store, product, kind, CASE WHEN applied THEN 'applied' ELSE 'rejected' END, rejection,
           quantity, balance, effective_at, business_date, recorded_at, %(via)s, actor, source, reference, reason,
           CASE WHEN sold <> 0 THEN coalesce(unit_price, sale_price) ELSE unit_price END, unit_cost, key,
           transfer, reverses
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
), opened AS MATERIALIZED (
    SELECT chain, number FROM audit_open_block(%(organization)s, %(chain)s::smallint)
), entry AS (
    INSERT INTO audit_entry (
        organization_id, chain, block, actor_id, actor_label, action, object_type, object_id, object_label,
        store_id, product_id, before, after, detail, request_id)
    SELECT %(organization)s, opened.chain, opened.number, actor, coalesce(actor_label, ''),
           CASE WHEN applied THEN 'stock.movement.applied' ELSE 'stock.movement.rejected' END, 'movement', id::text, sku,
           store, product, jsonb_build_object('on_hand', previous), jsonb_build_object('on_hand', balance),
           jsonb_build_object('kind', kind, 'quantity', quantity, 'rejection', rejection, 'reference', reference, 'reason', reason),
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
SELECT (SELECT json_agg(json_build_object('id', id, 'status', CASE WHEN applied THEN 'applied' ELSE 'rejected' END,
                'rejection', rejection, 'balance_after', balance) ORDER BY arrival) FROM verdict)::text AS verdicts,
       (SELECT count(block) FROM sealed) AS blocks
