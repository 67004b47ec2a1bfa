-- The movement report of some stores (null: all), from the figures and days that every movement keeps: no movement is
-- read, so a range of years costs what its days cost. Each store's row, then their total with a null store.
WITH days AS (
    SELECT d.store_id, sum(d.units_in - d.units_out) AS since,
           sum(d.units_in) FILTER (WHERE d.date <= %(last_day)s) AS units_in,
           sum(d.units_out) FILTER (WHERE d.date <= %(last_day)s) AS units_out,
           sum(d.units_sold) FILTER (WHERE d.date <= %(last_day)s) AS units_sold,
           sum(d.units_in - d.units_out) FILTER (WHERE d.date > %(last_day)s) AS later,
           sum(d.movements) FILTER (WHERE d.date <= %(last_day)s) AS movements
      FROM stock_storeday d
     WHERE d.organization_id = %(organization)s AND d.date >= %(first_day)s
       AND (%(stores)s::bigint[] IS NULL OR d.store_id = ANY(%(stores)s::bigint[]))
     GROUP BY d.store_id
)
SELECT k.store_id,
       coalesce(sum(k.units - coalesce(d.since, 0)), 0) AS opening,
       coalesce(sum(d.units_in), 0) AS units_in,
       coalesce(sum(d.units_out), 0) AS units_out,
       coalesce(sum(d.units_sold), 0) AS units_sold,
       coalesce(sum(k.units - coalesce(d.later, 0)), 0) AS closing,
       coalesce(sum(d.movements), 0)::bigint AS movements
  FROM stock_storekpi k
  LEFT JOIN days d ON d.store_id = k.store_id
 WHERE k.organization_id = %(organization)s
   AND (%(stores)s::bigint[] IS NULL OR k.store_id = ANY(%(stores)s::bigint[]))
 GROUP BY GROUPING SETS ((k.store_id), ())
HAVING k.store_id = ANY(%(page)s::bigint[]) OR k.store_id IS NULL
