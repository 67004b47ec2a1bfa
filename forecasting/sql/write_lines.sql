-- The lines of a proposal, all at once.
INSERT INTO forecasting_restockline
       (organization_id, proposal_id, store_id, product_id, source, from_store_id, supplier_id, policy_id, kind, quantity,
        wanted, reorder_point, order_up_to, safety_stock, binding, inputs, rank, within_budget, unit_cost, margin_at_risk,
        status, reason, chosen_by, decided_by, version)
SELECT %(organization)s, %(proposal)s, l.store_id, l.product_id, l.source, nullif(l.from_store_id, 0),
       nullif(l.supplier_id, 0), nullif(l.policy_id, 0), l.kind, l.quantity, l.wanted, l.reorder_point, l.order_up_to,
       l.safety_stock, l.binding, l.inputs::jsonb, l.rank, l.within_budget, l.unit_cost, l.margin_at_risk, 'proposed', '',
       '', '', 1
  FROM unnest(%(store_id)s::bigint[], %(product_id)s::bigint[], %(source)s::text[], %(from_store_id)s::bigint[],
              %(supplier_id)s::bigint[], %(policy_id)s::bigint[], %(kind)s::text[], %(quantity)s::numeric[],
              %(wanted)s::float8[], %(reorder_point)s::float8[], %(order_up_to)s::float8[], %(safety_stock)s::float8[],
              %(binding)s::smallint[], %(inputs)s::text[], %(rank)s::int[], %(within_budget)s::boolean[],
              %(unit_cost)s::numeric[], %(margin_at_risk)s::numeric[])
    AS l (store_id, product_id, source, from_store_id, supplier_id, policy_id, kind, quantity, wanted, reorder_point,
          order_up_to, safety_stock, binding, inputs, rank, within_budget, unit_cost, margin_at_risk)
 ORDER BY l.rank
