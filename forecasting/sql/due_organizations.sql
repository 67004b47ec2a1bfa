-- Organisations whose night has come by their own clock and that have no nightly run of that date yet.
SELECT o.id, here.today
  FROM accounts_organization o
 CROSS JOIN LATERAL (SELECT (%(now)s::timestamptz AT TIME ZONE o.time_zone)::date AS today,
                            extract(hour FROM %(now)s::timestamptz AT TIME ZONE o.time_zone) AS hour) AS here
 WHERE here.hour >= %(hour)s
   AND NOT EXISTS (SELECT FROM forecasting_forecastrun r
                    WHERE r.organization_id = o.id AND r.trigger = 'nightly' AND r.due_date = here.today)
   AND (EXISTS (SELECT FROM stock_stock s WHERE s.organization_id = o.id)
        OR EXISTS (SELECT FROM stock_saleshistory h WHERE h.organization_id = o.id))
 ORDER BY o.id
