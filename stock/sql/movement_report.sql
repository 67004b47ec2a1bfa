-- Opening balance, what came in, what went out and closing balance of some balances between two business days. The
-- opening is today's balance less everything since, so that the four always add up.
SELECT b.store_id, b.product_id,
       s.on_hand - coalesce(sum(m.quantity), 0) AS opening,
       coalesce(sum(m.quantity) FILTER (WHERE m.quantity > 0 AND m.business_date <= %(last_day)s), 0) AS units_in,
       coalesce(-sum(m.quantity) FILTER (WHERE m.quantity < 0 AND m.business_date <= %(last_day)s), 0) AS units_out,
       coalesce(-sum(m.quantity) FILTER (WHERE m.kind = 'sale' AND m.business_date <= %(last_day)s), 0) AS units_sold,
       s.on_hand - coalesce(sum(m.quantity) FILTER (WHERE m.business_date > %(last_day)s), 0) AS closing,
       count(m.id) FILTER (WHERE m.business_date <= %(last_day)s) AS movements
  FROM json_to_recordset(%(balances)s::json) AS b (store_id bigint, product_id bigint)
  JOIN stock_stock s ON s.organization_id = %(organization)s AND s.store_id = b.store_id AND s.product_id = b.product_id
  LEFT JOIN stock_stockmovement m
    ON m.organization_id = %(organization)s AND m.store_id = b.store_id AND m.product_id = b.product_id
   AND m.status = 'applied' AND m.business_date >= %(first_day)s
 GROUP BY b.store_id, b.product_id, s.on_hand
