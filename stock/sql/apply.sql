-- Judge a batch in order of arrival, then change balances, write the ledger, daily sales and the log: one statement.
-- The balances are locked already (lock_balances.sql). Each movement is refused on its own merits by the guarded
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
    SELECT f.*, s.on_hand AS opening, s.reserved + s.on_hold AS promised, s.reorder_level, s.status AS opening_status,
           p.sku, p.unit_cost, p.sale_price, place.time_zone,
           CASE WHEN f.kind = 'sale' AND %(negative_sales)s THEN '-Infinity'::numeric
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
           stock_status(balance - promised, reorder_level) AS closing_status
      FROM judged j
), balances AS (
    UPDATE stock_stock s
       SET on_hand = v.balance, status = v.closing_status, oversold = v.balance < 0, updated_at = now()
      FROM verdict v
     WHERE v.is_last AND v.balance <> v.opening
       AND s.organization_id = %(organization)s AND s.store_id = v.store AND s.product_id = v.product
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
    INSERT INTO stock_dailysales AS d (organization_id, store_id, product_id, date, units, revenue, history_units)
    SELECT %(organization)s, store, product, business_date, sum(sold), sum(sold * coalesce(unit_price, sale_price)), 0
      FROM verdict WHERE sold <> 0
     GROUP BY store, product, business_date
     ORDER BY store, product, business_date
    ON CONFLICT (organization_id, store_id, product_id, date) DO UPDATE
       SET units = d.units + excluded.units, revenue = d.revenue + excluded.revenue
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
), figures AS (
    SELECT store,
           coalesce(sum(quantity) FILTER (WHERE applied), 0) AS units,
           coalesce(sum(quantity * unit_cost) FILTER (WHERE applied), 0) AS cost,
           coalesce(sum(quantity * sale_price) FILTER (WHERE applied), 0) AS retail,
           coalesce(sum((closing_status = 'low')::int - (opening_status = 'low')::int) FILTER (WHERE is_last), 0) AS low,
           coalesce(sum((closing_status = 'out')::int - (opening_status = 'out')::int) FILTER (WHERE is_last), 0) AS out,
           coalesce(sum((closing_status = 'negative')::int - (opening_status = 'negative')::int) FILTER (WHERE is_last), 0) AS negative
      FROM verdict GROUP BY store
), days AS (
    SELECT store, business_date AS date, count(*) AS movements,
           coalesce(sum(quantity) FILTER (WHERE quantity > 0), 0) AS units_in,
           coalesce(-sum(quantity) FILTER (WHERE quantity < 0), 0) AS units_out,
           sum(sold) AS units_sold, sum(sold * coalesce(unit_price, sale_price)) AS revenue
      FROM verdict WHERE applied GROUP BY store, business_date
)
SELECT (SELECT json_agg(json_build_object('id', id, 'status', CASE WHEN applied THEN 'applied' ELSE 'rejected' END,
                'rejection', rejection, 'balance_after', balance) ORDER BY arrival) FROM verdict)::text AS verdicts,
       (SELECT json_agg(figures) FROM figures)::text AS figures,
       (SELECT json_agg(days) FROM days)::text AS days,
       (SELECT count(block) FROM sealed) AS blocks
