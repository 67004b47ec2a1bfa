-- The movement report of some products, each over all of the chosen stores (null: every store of the organisation).
WITH held AS (
    SELECT s.product_id, sum(s.on_hand) AS on_hand
      FROM stock_stock s
     WHERE s.organization_id = %(organization)s AND s.product_id = ANY(%(products)s::bigint[])
       AND (%(stores)s::bigint[] IS NULL OR s.store_id = ANY(%(stores)s::bigint[]))
     GROUP BY s.product_id
), moved AS (
    SELECT m.product_id, m.kind, sum(m.quantity) AS since,
           sum(m.quantity) FILTER (WHERE m.quantity > 0 AND m.business_date <= %(last_day)s) AS units_in,
           -sum(m.quantity) FILTER (WHERE m.quantity < 0 AND m.business_date <= %(last_day)s) AS units_out,
           sum(m.quantity) FILTER (WHERE m.business_date > %(last_day)s) AS later,
           count(*) FILTER (WHERE m.business_date <= %(last_day)s) AS movements
      FROM stock_stock s
      JOIN stock_stockmovement m
        ON m.organization_id = s.organization_id AND m.store_id = s.store_id AND m.product_id = s.product_id
       AND m.status = 'applied' AND m.business_date >= %(first_day)s
     WHERE s.organization_id = %(organization)s AND s.product_id = ANY(%(products)s::bigint[])
       AND (%(stores)s::bigint[] IS NULL OR s.store_id = ANY(%(stores)s::bigint[]))
     GROUP BY m.product_id, m.kind
)
SELECT h.product_id,
       h.on_hand - coalesce(sum(m.since), 0) AS opening,
       coalesce(sum(m.units_in), 0) AS units_in,
       coalesce(sum(m.units_out), 0) AS units_out,
       coalesce(sum(m.units_out) FILTER (WHERE m.kind = 'sale'), 0) AS units_sold,
       h.on_hand - coalesce(sum(m.later), 0) AS closing,
       coalesce(sum(m.movements), 0)::bigint AS movements,
       coalesce(jsonb_object_agg(m.kind, trim_scale(m.units_in)) FILTER (WHERE m.units_in > 0), '{}') AS in_by_kind,
       coalesce(jsonb_object_agg(m.kind, trim_scale(m.units_out)) FILTER (WHERE m.units_out > 0), '{}') AS out_by_kind
  FROM held h
  LEFT JOIN moved m ON m.product_id = h.product_id
 GROUP BY h.product_id, h.on_hand
