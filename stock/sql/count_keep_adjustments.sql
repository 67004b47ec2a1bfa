-- Remember which movements were posted for which lines, and keep book + variance = counted.
WITH posted AS (
    SELECT * FROM json_to_recordset(%(posted)s::json) AS p (
        movement uuid, line bigint, count bigint, quantity numeric, late boolean)
), kept AS (
    INSERT INTO stock_stockcountadjustment (organization_id, movement_id, count_id, line_id, quantity, late, posted_at)
    SELECT %(organization)s, movement, count, line, quantity, late, now() FROM posted
)
UPDATE stock_stockcountline l
   SET variance = coalesce(l.variance, 0) + posted.quantity, book = l.counted - coalesce(l.variance, 0) - posted.quantity
  FROM posted
 WHERE l.organization_id = %(organization)s AND l.id = posted.line
