-- By supplier: one measurement for each order of which something was received; in full when every line of it was.
SELECT supplier_id, count(*) AS first_count, avg(first_days) AS first_mean, stddev_samp(first_days) AS first_spread,
       count(full_days) AS full_count, avg(full_days) AS full_mean, stddev_samp(full_days) AS full_spread,
       (array_agg(first_days ORDER BY first_at DESC, order_id DESC))[1] AS last_days, max(first_at) AS last_received_at
  FROM (SELECT order_id, supplier_id, first_at, extract(epoch FROM first_at - sent_at) / 86400 AS first_days,
               CASE WHEN full_lines = (SELECT count(*) FROM stock_purchaseline l
                                        WHERE l.organization_id = %(organization)s AND l.order_id = orders.order_id)
                    THEN extract(epoch FROM full_at - sent_at) / 86400 END AS full_days
          FROM (SELECT order_id, supplier_id, sent_at, min(first_at) AS first_at, max(full_at) AS full_at,
                       count(full_at) AS full_lines
                  FROM lines GROUP BY order_id, supplier_id, sent_at) orders) measured
 GROUP BY supplier_id
 ORDER BY supplier_id
