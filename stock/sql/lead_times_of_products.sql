-- By supplier and product: one measurement for each line that was received. Spread is the sample standard deviation.
SELECT supplier_id, product_id, count(*) AS first_count, avg(first_days) AS first_mean, stddev_samp(first_days) AS first_spread,
       count(full_days) AS full_count, avg(full_days) AS full_mean, stddev_samp(full_days) AS full_spread,
       (array_agg(first_days ORDER BY first_at DESC, line_id DESC))[1] AS last_days, max(first_at) AS last_received_at
  FROM (SELECT *, extract(epoch FROM first_at - sent_at) / 86400 AS first_days,
               extract(epoch FROM full_at - sent_at) / 86400 AS full_days
          FROM lines
         WHERE %(products)s::bigint[] IS NULL OR product_id = ANY(%(products)s::bigint[])) measured
 GROUP BY supplier_id, product_id
 ORDER BY supplier_id, product_id
