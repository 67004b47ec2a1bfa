-- Put accepted movements into their lanes, in order of arrival.
INSERT INTO stock_inbox (
    organization_id, id, lane, store_id, product_id, to_store_id, kind, quantity, effective_at, recorded_at, actor_id,
    actor_label, request_id, source, reference, reason, unit_price, unit_cost,
    idempotency_key)
SELECT %(organization)s, id, store %% %(lanes)s, store, product, to_store, kind, quantity, effective_at, recorded_at, actor,
       actor_label, request_id, source, reference, reason, unit_price, unit_cost, key
  FROM ROWS FROM (json_to_recordset(%(rows)s::json) AS (
        id uuid, store bigint, product bigint, to_store bigint, kind text, quantity numeric, effective_at timestamptz,
        recorded_at timestamptz, actor bigint, actor_label text, request_id text, source text, reference text,
        reason text, unit_price numeric, unit_cost numeric, key text)) WITH ORDINALITY AS r (
        id, store, product, to_store, kind, quantity, effective_at, recorded_at, actor, actor_label, request_id, source,
        reference, reason, unit_price, unit_cost, key, arrival)
 ORDER BY arrival
