-- What moved within a window in some stores (null: all), from the ledger itself.
WITH moved AS (
    SELECT m.effective_at AS at, m.product_id, greatest(m.quantity, 0) AS units_in, greatest(-m.quantity, 0) AS units_out,
           1 AS movements
      FROM stock_stockmovement m
     WHERE m.organization_id = %(organization)s AND m.status = 'applied'
       AND (%(stores)s::bigint[] IS NULL OR m.store_id = ANY(%(stores)s::bigint[]))
       AND m.effective_at >= %(begins)s::timestamptz AND m.effective_at < %(ends)s::timestamptz
)
