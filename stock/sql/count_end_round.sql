-- The round is over. What was to be recounted and was not falls back to the round before.
UPDATE stock_stockcountline l
   SET recounting = false,
       round = CASE WHEN EXISTS (
                   SELECT FROM stock_stockcountentry e
                    WHERE e.organization_id = l.organization_id AND e.line_id = l.id AND e.round = l.round
                      AND e.voided_at IS NULL)
               THEN l.round ELSE greatest(l.round - 1, 1) END
 WHERE l.organization_id = %(organization)s AND l.count_id = %(count)s AND l.recounting
