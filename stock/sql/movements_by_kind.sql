-- What came in and went out between two business days by kind, of some stores (null: all): each store, and their total
-- with a null store. It reads the movements of those days. The earliest clock on earth is 14 hours ahead, the latest 12
-- behind, so the days' instants bound the index.
SELECT store_id,
       coalesce(jsonb_object_agg(kind, trim_scale(units_in)) FILTER (WHERE units_in > 0), '{}') AS in_by_kind,
       coalesce(jsonb_object_agg(kind, trim_scale(units_out)) FILTER (WHERE units_out > 0), '{}') AS out_by_kind
  FROM (
    SELECT m.store_id, m.kind, coalesce(sum(m.quantity) FILTER (WHERE m.quantity > 0), 0) AS units_in,
           coalesce(-sum(m.quantity) FILTER (WHERE m.quantity < 0), 0) AS units_out
      FROM stock_stockmovement m
     WHERE m.organization_id = %(organization)s AND m.status = 'applied'
       AND (%(stores)s::bigint[] IS NULL OR m.store_id = ANY(%(stores)s::bigint[]))
       AND m.effective_at >= (%(first_day)s::date - interval '14 hours') AT TIME ZONE 'UTC'
       AND m.effective_at < (%(last_day)s::date + interval '36 hours') AT TIME ZONE 'UTC'
       AND m.business_date BETWEEN %(first_day)s AND %(last_day)s
     GROUP BY GROUPING SETS ((m.store_id, m.kind), (m.kind))
  ) kinds
 WHERE store_id = ANY(%(page)s::bigint[]) OR store_id IS NULL
 GROUP BY store_id
