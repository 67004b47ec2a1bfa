-- The reversals of what an import wrote, the last movement first. What was reversed on its own stays reversed.
INSERT INTO stock_undo
SELECT (%(ids)s || lpad(to_hex(row_number() OVER (ORDER BY store_id, product_id, sequence DESC)), 7, '0'))::uuid, store_id, product_id, 'reversal', -quantity, effective_at, %(now)s, %(actor)s, %(actor_label)s,
       %(request_id)s, 'reversal', reference, 'The import was undone.', unit_price, NULL, NULL, id,
       kind IN ('sale', 'customer_return'), NULL, row_number() OVER (ORDER BY store_id, product_id, sequence DESC), NULL,
       NULL
  FROM stock_stockmovement m
 WHERE organization_id = %(organization)s AND source = 'import' AND status = 'applied'
   AND id >= stock_first_id_at(%(begin)s) AND id < stock_first_id_at(%(end)s)
   AND (reference = %(number)s OR reference LIKE %(number)s || ' %%')
   AND NOT EXISTS (SELECT FROM stock_movementreversal r WHERE r.organization_id = %(organization)s AND r.movement_id = m.id)
