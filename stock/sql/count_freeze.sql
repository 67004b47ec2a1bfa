-- At approval: each counted line keeps what was counted, when, and the cost that values its variance. Until movements
-- are posted the books agree.
UPDATE stock_stockcountline l
   SET counted = r.counted, counted_at = r.counted_at, moved = r.moved, book = r.counted, variance = 0,
       recounting = false, unit_cost = r.unit_cost
  FROM json_to_recordset(%(lines)s::json) AS r (
       id bigint, counted numeric, counted_at timestamptz, moved numeric, unit_cost numeric)
 WHERE l.organization_id = %(organization)s AND l.count_id = %(count)s AND l.id = r.id
