-- What moved within a window in all stores: quarters of an hour, and the movements they have not seen yet. The window
-- begins and ends with a quarter.
WITH rolled AS MATERIALIZED (
    SELECT stock_rolled(%(organization)s) AS snapshot
), moved AS (
    SELECT q.starts_at AS at, q.product_id, q.units_in, q.units_out, q.movements
      FROM rolled
      JOIN stock_movementquarter q ON q.organization_id = %(organization)s
                                  AND q.starts_at >= %(begins)s::timestamptz AND q.starts_at < %(ends)s::timestamptz
     WHERE rolled.snapshot IS NOT NULL
    UNION ALL
    SELECT u.effective_at, u.product_id, greatest(u.quantity, 0), greatest(-u.quantity, 0), 1
      FROM rolled CROSS JOIN LATERAL stock_unrolled(%(organization)s, rolled.snapshot) u
     WHERE rolled.snapshot IS NOT NULL
       AND u.effective_at >= %(begins)s::timestamptz AND u.effective_at < %(ends)s::timestamptz
)
