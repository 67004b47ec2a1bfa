-- The open lines of the proposal that is shown, of some balances: what their sentences are made of.
SELECT l.store_id, l.product_id, l.source, l.kind, l.quantity::float8 AS quantity, l.binding, l.chosen, l.reason,
       v.name AS supplier, o.name AS other, l.inputs ->> 'protection_days' AS protection_days,
       l.inputs ->> 'position' AS position, l.inputs ->> 'expected' AS expected, l.inputs ->> 'pack' AS pack,
       l.inputs ->> 'moq' AS moq
  FROM unnest(%(stores)s::bigint[], %(products)s::bigint[]) AS k (store_id, product_id)
  JOIN forecasting_restockproposal p ON p.organization_id = %(organization)s AND p.is_current
  JOIN forecasting_restockline l ON l.organization_id = %(organization)s AND l.proposal_id = p.id
                                AND l.store_id = k.store_id AND l.product_id = k.product_id
  LEFT JOIN catalog_supplier v ON v.organization_id = %(organization)s AND v.id = l.supplier_id
  LEFT JOIN stores_store o ON o.organization_id = %(organization)s AND o.id = l.from_store_id
 WHERE l.status = 'proposed' AND l.within_budget
 ORDER BY l.store_id, l.product_id, l.source, l.id
