-- Take a reversed line of a goods receipt back out of the order's line: what is left fills what was ordered first, and
-- only the rest of it is over. Of an order that was closed nothing is owed any more, so the units count as cancelled.
UPDATE stock_purchaseline l
   SET received = left_over.filled, over = left_over.arrived - left_over.filled,
       cancelled = CASE WHEN %(is_closed)s THEN l.ordered - left_over.filled ELSE l.cancelled END,
       damaged = l.damaged - %(damaged)s, rejected = l.rejected - %(rejected)s
  FROM (SELECT id, received + over - %(arrived)s AS arrived,
               least(received + over - %(arrived)s, ordered - cancelled) AS filled
          FROM stock_purchaseline WHERE organization_id = %(organization)s AND id = %(line)s) left_over
 WHERE l.organization_id = %(organization)s AND l.id = left_over.id
