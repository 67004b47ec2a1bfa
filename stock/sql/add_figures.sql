-- Add a batch's differences to the stores' figures. Locked by store first; after the balances, as everywhere.
WITH change AS (
    SELECT * FROM json_to_recordset(%(figures)s::json)
        AS c (store bigint, units numeric, cost numeric, retail numeric, low integer, out integer, negative integer)
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
