-- What a nightly run expects, a store a row, kept until the days have come.
INSERT INTO forecasting_forecastpromise
       (organization_id, store_id, first_day, product_ids, units_1, units_7, units_30, high_7, judged)
SELECT %(organization)s, store_id, first_day, array_agg(product_id ORDER BY product_id),
       array_agg(units_1::real ORDER BY product_id), array_agg(units_7::real ORDER BY product_id),
       array_agg(units_30::real ORDER BY product_id), array_agg(high[2] ORDER BY product_id), 0
  FROM forecasting_forecast
 WHERE organization_id = %(organization)s AND run_id = %(run)s
 GROUP BY store_id, first_day
ON CONFLICT DO NOTHING
