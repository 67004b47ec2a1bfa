-- Statement 2 of the reference: judge in order of arrival, update, write the ledger and an audit row for each movement.
WITH calc AS MATERIALIZED (
    SELECT i.*, s.on_hand AS opening, s.reorder_level,
           stock_guarded_balance(s.on_hand, i.quantity, 0) OVER w AS balance
      FROM ROWS FROM (json_to_recordset(%(rows)s::json) AS (
            id uuid, store bigint, product bigint, kind text, quantity numeric, effective_at timestamptz,
            recorded_at timestamptz, actor bigint, actor_label text, request_id text, source text, reference text,
            reason text, sku text)) WITH ORDINALITY AS i (
            id, store, product, kind, quantity, effective_at, recorded_at, actor, actor_label, request_id, source,
            reference, reason, sku, arrival)
      JOIN raw.stock s ON s.organization_id = %(organization)s AND s.store_id = i.store AND s.product_id = i.product
    WINDOW w AS (PARTITION BY i.store, i.product ORDER BY arrival)
), judged AS MATERIALIZED (
    SELECT c.*, coalesce(lag(balance) OVER w, opening) AS previous, lead(1) OVER w IS NULL AS is_last
      FROM calc c WINDOW w AS (PARTITION BY store, product ORDER BY arrival)
), balances AS (
    UPDATE raw.stock s SET on_hand = j.balance, status = stock_status(j.balance, j.reorder_level), updated_at = now()
      FROM judged j
     WHERE j.is_last AND j.balance <> j.opening
       AND s.organization_id = %(organization)s AND s.store_id = j.store AND s.product_id = j.product
), ledger AS (
    INSERT INTO raw.movement (organization_id, id, store_id, product_id, kind, status, rejection, quantity, balance_after,
        effective_at, business_date, recorded_at, applied_via, actor_id, source, reference, reason, unit_price, unit_cost)
    SELECT %(organization)s, id, store, product, kind, CASE WHEN balance = previous + quantity THEN 'applied' ELSE 'rejected' END,
        CASE WHEN balance = previous + quantity THEN '' ELSE 'insufficient_stock' END, quantity, balance,
        effective_at, effective_at::date, recorded_at, 'request', actor, source, reference, reason, 9.5, 4
      FROM judged ORDER BY arrival
    RETURNING id, status, balance_after
), log AS (
    INSERT INTO raw.audit (organization_id, chain, block, actor_id, actor_label, action, object_type, object_id,
        object_label, store_id, product_id, before, after, detail, request_id)
    SELECT %(organization)s, 64, 1, actor, actor_label,
        CASE WHEN balance = previous + quantity THEN 'stock.movement.applied' ELSE 'stock.movement.rejected' END, 'movement',
        id::text, sku, store, product, jsonb_build_object('on_hand', previous), jsonb_build_object('on_hand', balance),
        jsonb_build_object('kind', kind, 'quantity', quantity, 'rejection', '', 'reference', reference, 'reason', reason), request_id
      FROM judged ORDER BY arrival
)
SELECT id, status, balance_after FROM ledger
