-- What moved on some business days, by day and time zone of the stores; stores null: all.
SELECT d.date, s.time_zone AS zone, sum(d.movements) AS movements, sum(d.units_in) AS units_in, sum(d.units_out) AS units_out,
       sum(d.units_sold) AS units_sold, sum(d.revenue) AS revenue
  FROM stock_storeday d
  JOIN stores_store s ON s.organization_id = %(organization)s AND s.id = d.store_id
 WHERE d.organization_id = %(organization)s AND d.date BETWEEN %(first_day)s AND %(last_day)s
   AND (%(stores)s::bigint[] IS NULL OR d.store_id = ANY(%(stores)s::bigint[]))
 GROUP BY d.date, s.time_zone
