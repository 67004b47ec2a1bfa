-- Add a batch's sums to the stores' business days, in order of store and day.
INSERT INTO stock_storeday AS d (organization_id, store_id, date, movements, units_in, units_out, units_sold, revenue)
SELECT %(organization)s, store, date, sum(movements), sum(units_in), sum(units_out), sum(units_sold), sum(revenue)
  FROM unnest(%(days)s::text[]) AS segment (days),
       json_to_recordset(segment.days::json) AS c (store bigint, date date, movements integer, units_in numeric,
           units_out numeric, units_sold numeric, revenue numeric)
 GROUP BY store, date
 ORDER BY store, date
ON CONFLICT (organization_id, store_id, date) DO UPDATE
   SET movements = d.movements + excluded.movements, units_in = d.units_in + excluded.units_in,
       units_out = d.units_out + excluded.units_out, units_sold = d.units_sold + excluded.units_sold,
       revenue = d.revenue + excluded.revenue
