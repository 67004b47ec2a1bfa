-- The movements to apply, staged in a temporary table of this connection; `arrival` orders them.
SELECT id, store, product, kind, quantity, effective_at, recorded_at, actor, actor_label, request_id, source,
       reference, reason, unit_price, key, transfer, reverses, reverses_sale, refused AS given_up,
       NULL::numeric AS held, NULL::text AS bucket, unit_cost AS stated_cost, arrival
  FROM stock_staged
