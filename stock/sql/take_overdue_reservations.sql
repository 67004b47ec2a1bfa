-- Some reservations whose time is over, the longest overdue first. One that somebody works on is left to them.
SELECT id::text AS id
  FROM stock_reservation
 WHERE organization_id = %(organization)s AND status = 'active' AND expires_at <= %(now)s::timestamptz
   AND (%(store)s::bigint IS NULL OR store_id = %(store)s::bigint)
 ORDER BY expires_at, id
 LIMIT %(batch)s
   FOR NO KEY UPDATE SKIP LOCKED
