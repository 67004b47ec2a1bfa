-- Take delivered units into the lines of an order. The order's row is locked already.
UPDATE stock_purchaseline l
   SET received = l.received + c.received, over = l.over + c.over, damaged = l.damaged + c.damaged,
       rejected = l.rejected + c.rejected
  FROM json_to_recordset(%(changes)s::json) AS c (line bigint, received numeric, over numeric, damaged numeric,
       rejected numeric)
 WHERE l.organization_id = %(organization)s AND l.order_id = %(order)s AND l.id = c.line
