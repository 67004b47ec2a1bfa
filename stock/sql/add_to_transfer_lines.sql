-- Add to what has become of the units of some lines. The order's row is locked already.
UPDATE stock_transferline l
   SET dispatched = l.dispatched + c.dispatched, received = l.received + c.received, damaged = l.damaged + c.damaged,
       short = l.short + c.short, returned = l.returned + c.returned, over = l.over + c.over
  FROM json_to_recordset(%(changes)s::json) AS c (line bigint, dispatched numeric, received numeric, damaged numeric,
       short numeric, returned numeric, over numeric)
 WHERE l.organization_id = %(organization)s AND l.order_id = %(order)s AND l.id = c.line
