-- The oldest movements of some lanes, as the rows the ledger takes; the lanes' locks are held.
SELECT json_agg(json_build_object(
        'id', id, 'store', store_id, 'product', product_id, 'to_store', to_store_id, 'kind', kind, 'quantity', quantity::text,
        'effective_at', effective_at, 'recorded_at', recorded_at, 'actor', actor_id, 'actor_label', actor_label,
        'request_id', request_id, 'source', source, 'reference', reference, 'reason', reason, 'unit_price', unit_price,
        'unit_cost', unit_cost, 'key', idempotency_key, 'transfer', CASE WHEN to_store_id IS NOT NULL THEN id END, 'reverses', null,
        'reverses_sale', false, 'rejection', null) ORDER BY sequence)::text AS rows
  FROM (SELECT i.*
          FROM unnest(%(lanes)s::smallint[]) AS l (lane)
         CROSS JOIN LATERAL (
               SELECT * FROM stock_inbox
                WHERE organization_id = %(organization)s AND lane = l.lane
                ORDER BY sequence LIMIT %(batch)s) i
         ORDER BY i.sequence LIMIT %(batch)s) oldest
