-- Stores with a business day that is over and was not kept yet; null asks for every organisation's. A store without any
-- snapshot is due when something happened there long enough ago that the day is over anywhere.
SELECT s.organization_id, s.id
  FROM stores_store s
  LEFT JOIN LATERAL (
        SELECT date FROM stock_snapshotday d WHERE d.organization_id = s.organization_id AND d.store_id = s.id
         ORDER BY date DESC LIMIT 1) last ON true
 WHERE (%(organization)s::bigint IS NULL OR s.organization_id = %(organization)s::bigint)
   AND CASE WHEN last.date IS NOT NULL THEN stock_day_end(last.date + 1, s.time_zone) <= now() - interval '2 hours'
            ELSE EXISTS (SELECT FROM stock_stockmovement m
                          WHERE m.organization_id = s.organization_id AND m.store_id = s.id
                            AND m.effective_at < now() - interval '26 hours') END
 ORDER BY 1, 2
