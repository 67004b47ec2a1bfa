-- Compare what was promised for the first 1, 7 and 30 days with what the ledger sold, once those days are over in the store.
-- Products whose shelf was empty at the end of any of the days are left out: nobody knows what would have been bought.
WITH due AS (
    SELECT p.*, d.days, d.place
      FROM forecasting_forecastpromise p
      JOIN stores_store s ON s.organization_id = p.organization_id AND s.id = p.store_id
     CROSS JOIN (VALUES (1, 0), (7, 1), (30, 2)) AS d (days, place)
     WHERE p.organization_id = %(organization)s AND p.judged <= d.place
       AND p.first_day + d.days <= (%(now)s::timestamptz AT TIME ZONE s.time_zone)::date
), each AS (
    SELECT u.store_id, u.first_day, u.days, line.product_id, line.high,
           CASE u.days WHEN 1 THEN line.units_1 WHEN 7 THEN line.units_7 ELSE line.units_30 END::float8 AS expected
      FROM due u
     CROSS JOIN LATERAL unnest(u.product_ids, u.units_1, u.units_7, u.units_30, u.high_7)
                        AS line (product_id, units_1, units_7, units_30, high)
     WHERE NOT EXISTS (
            SELECT FROM stock_stocksnapshot c
             WHERE c.organization_id = %(organization)s AND c.store_id = u.store_id AND c.product_id = line.product_id
               AND c.date BETWEEN u.first_day AND u.first_day + u.days - 1 AND c.on_hand <= 0)
       -- A day that changed nothing has no closing balance: what was empty before stayed so.
       AND coalesce((
            SELECT c.on_hand > 0 FROM stock_stocksnapshot c
             WHERE c.organization_id = %(organization)s AND c.store_id = u.store_id AND c.product_id = line.product_id
               AND c.date <= u.first_day
             ORDER BY c.date DESC LIMIT 1), true)
), sold AS (
    SELECT e.*, coalesce((
            SELECT sum(d.units) FROM stock_dailysales d
             WHERE d.organization_id = %(organization)s AND d.store_id = e.store_id AND d.product_id = e.product_id
               AND d.date BETWEEN e.first_day AND e.first_day + e.days - 1), 0)::float8 AS units
      FROM each e
), kept AS (
    INSERT INTO forecasting_forecastoutcome
           (organization_id, store_id, first_day, days, series, units, forecast, absolute, squared, covered)
    SELECT %(organization)s, store_id, first_day, days, count(*), sum(units), sum(expected), sum(abs(expected - units)),
           sum((expected - units) ^ 2), CASE WHEN days = 7 THEN count(*) FILTER (WHERE units <= high + 1e-6) END
      FROM sold GROUP BY store_id, first_day, days
    ON CONFLICT DO NOTHING
    RETURNING 1
)
UPDATE forecasting_forecastpromise p SET judged = done.place + 1
  FROM (SELECT store_id, first_day, max(place) AS place FROM due GROUP BY 1, 2) done
 WHERE p.organization_id = %(organization)s AND p.store_id = done.store_id AND p.first_day = done.first_day
