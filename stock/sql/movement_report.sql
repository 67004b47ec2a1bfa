-- Opening balance, what came in, what went out (by kind) and closing balance of some balances between two business days.
-- The opening is today's balance less everything since, so that they always add up, late movements included.
WITH wanted AS (
    SELECT store_id, product_id
      FROM json_to_recordset(%(balances)s::json) AS b (store_id bigint, product_id bigint)
), moved AS (
    SELECT m.store_id, m.product_id, m.kind, sum(m.quantity) AS since,
           sum(m.quantity) FILTER (WHERE m.quantity > 0 AND m.business_date <= %(last_day)s) AS units_in,
           -sum(m.quantity) FILTER (WHERE m.quantity < 0 AND m.business_date <= %(last_day)s) AS units_out,
           sum(m.quantity) FILTER (WHERE m.business_date > %(last_day)s) AS later,
           count(*) FILTER (WHERE m.business_date <= %(last_day)s) AS movements
      FROM wanted w
      JOIN stock_stockmovement m
        ON m.organization_id = %(organization)s AND m.store_id = w.store_id AND m.product_id = w.product_id
       AND m.status = 'applied' AND m.business_date >= %(first_day)s
     GROUP BY m.store_id, m.product_id, m.kind
)
SELECT w.store_id, w.product_id,
       s.on_hand - coalesce(sum(m.since), 0) AS opening,
       coalesce(sum(m.units_in), 0) AS units_in,
       coalesce(sum(m.units_out), 0) AS units_out,
       coalesce(sum(m.units_out) FILTER (WHERE m.kind = 'sale'), 0) AS units_sold,
       s.on_hand - coalesce(sum(m.later), 0) AS closing,
       coalesce(sum(m.movements), 0)::bigint AS movements,
       coalesce(jsonb_object_agg(m.kind, trim_scale(m.units_in)) FILTER (WHERE m.units_in > 0), '{}') AS in_by_kind,
       coalesce(jsonb_object_agg(m.kind, trim_scale(m.units_out)) FILTER (WHERE m.units_out > 0), '{}') AS out_by_kind
  FROM wanted w
  JOIN stock_stock s ON s.organization_id = %(organization)s AND s.store_id = w.store_id AND s.product_id = w.product_id
  LEFT JOIN moved m ON m.store_id = w.store_id AND m.product_id = w.product_id
 GROUP BY w.store_id, w.product_id, s.on_hand
