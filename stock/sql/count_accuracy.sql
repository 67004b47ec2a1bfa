-- Accuracy and shrinkage of posted counts, by store, between two business days of the posting.
SELECT c.store_id AS store, place.name AS store_name, place.code AS store_code, count(DISTINCT c.id) AS counts,
       count(l.id) AS lines, count(l.counted_at) AS counted, count(l.id) - count(l.counted_at) AS uncounted,
       count(*) FILTER (WHERE abs(l.variance) <= greatest(c.tolerance_units, abs(l.book) * c.tolerance_percent / 100)) AS accurate,
       coalesce(sum(l.variance) FILTER (WHERE l.variance > 0), 0) AS overage_units,
       coalesce(-sum(l.variance) FILTER (WHERE l.variance < 0), 0) AS shortage_units,
       coalesce(-sum(l.variance), 0) AS shrinkage_units,
       coalesce(sum(l.book), 0) AS book_units,
       coalesce(sum(l.variance * l.unit_cost) FILTER (WHERE l.variance > 0), 0) AS overage_cost,
       coalesce(-sum(l.variance * l.unit_cost) FILTER (WHERE l.variance < 0), 0) AS shortage_cost,
       coalesce(-sum(l.variance * l.unit_cost), 0) AS shrinkage_cost
  FROM stock_stockcount c
  JOIN stores_store place ON place.organization_id = c.organization_id AND place.id = c.store_id
  JOIN stock_stockcountline l ON l.organization_id = c.organization_id AND l.count_id = c.id
 WHERE c.organization_id = %(organization)s AND c.state = 'posted'
   AND (%(stores)s::bigint[] IS NULL OR c.store_id = ANY(%(stores)s::bigint[]))
   -- A day is at most this far from the same day in UTC; the index serves this, the next line decides.
   AND c.posted_at >= %(first_day)s::date - interval '1 day' AND c.posted_at < %(last_day)s::date + interval '2 days'
   AND (c.posted_at AT TIME ZONE place.time_zone)::date BETWEEN %(first_day)s AND %(last_day)s
 GROUP BY c.store_id, place.name, place.code
 ORDER BY c.store_id
