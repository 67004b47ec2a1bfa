-- Add to what has become of the units of some lines. Their reservations' rows are locked already.
UPDATE stock_reservationline l
   SET fulfilled = l.fulfilled + c.fulfilled, released = l.released + c.released
  FROM json_to_recordset(%(changes)s::json) AS c (line bigint, fulfilled numeric, released numeric)
 WHERE l.organization_id = %(organization)s AND l.id = c.line
