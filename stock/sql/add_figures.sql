-- Add a batch's differences to the stores' figures. Locked by store first; after the balances, as everywhere.
WITH change AS (
    SELECT store, sum(units) AS units, sum(cost) AS cost, sum(retail) AS retail, sum(low) AS low, sum(out) AS out,
           sum(negative) AS negative
      FROM unnest(%(figures)s::text[]) AS segment (figures),
           json_to_recordset(segment.figures::json) AS c (
               store bigint, units numeric, cost numeric, retail numeric, low integer, out integer, negative integer)
     GROUP BY store
), locked AS MATERIALIZED (
    SELECT k.store_id FROM stock_storekpi k JOIN change c ON k.store_id = c.store
     WHERE k.organization_id = %(organization)s
     ORDER BY k.store_id FOR NO KEY UPDATE OF k
)
UPDATE stock_storekpi k
   SET units = k.units + c.units, cost_value = k.cost_value + c.cost, retail_value = k.retail_value + c.retail,
       low = k.low + c.low, out = k.out + c.out, negative = k.negative + c.negative, updated_at = now()
  FROM change c
 WHERE k.organization_id = %(organization)s AND k.store_id = c.store AND (SELECT count(*) FROM locked) > 0
