-- The movements to apply, given as JSON in order of arrival.
SELECT * FROM ROWS FROM (json_to_recordset(%(rows)s::json) AS (
    id uuid, store bigint, product bigint, kind text, quantity numeric, effective_at timestamptz,
    recorded_at timestamptz, actor bigint, actor_label text, request_id text, source text, reference text,
    reason text, unit_price numeric, key text, transfer uuid, reverses uuid, reverses_sale boolean, rejection text,
    held numeric, bucket text, unit_cost numeric
)) WITH ORDINALITY AS each (
    id, store, product, kind, quantity, effective_at, recorded_at, actor, actor_label, request_id, source,
    reference, reason, unit_price, key, transfer, reverses, reverses_sale, given_up, held, bucket, stated_cost,
    arrival)
