-- Overstock: a balance with more on hand than its order-up-to level is over. Below zero, out and low come first.
ALTER TABLE stock_stock DROP CONSTRAINT stock_status_agrees;
DROP FUNCTION stock_status(numeric, numeric);
-- Where a balance stands. One definition, used by the check on stock_stock, the apply and the verification. A level
-- that is null is no level.
CREATE FUNCTION stock_status(
    available numeric, reorder_level numeric, on_hand numeric DEFAULT NULL, order_up_to numeric DEFAULT NULL
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN available < 0 THEN 'negative'
        WHEN available = 0 THEN 'out'
        WHEN available <= reorder_level THEN 'low'
        WHEN on_hand > order_up_to THEN 'over'
        ELSE 'in_stock'
    END
$$;
ALTER TABLE stock_stock ADD CONSTRAINT stock_status_agrees
    CHECK (status = stock_status(on_hand - reserved - on_hold, reorder_level, on_hand, order_up_to));

-- As before, for the order-up-to level too.
CREATE OR REPLACE FUNCTION stock_follow_products() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM before_change o JOIN after_change n ON n.organization_id = o.organization_id AND n.id = o.id
         WHERE (o.unit_cost, o.sale_price, o.reorder_level, o.order_up_to)
               IS DISTINCT FROM (n.unit_cost, n.sale_price, n.reorder_level, n.order_up_to)
    ) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM stock_stock s JOIN after_change n ON s.organization_id = n.organization_id AND s.product_id = n.id
     ORDER BY s.store_id, s.product_id FOR NO KEY UPDATE OF s;
    PERFORM 1 FROM stock_storekpi k
     WHERE (k.organization_id, k.store_id) IN (
            SELECT s.organization_id, s.store_id FROM stock_stock s
              JOIN after_change n ON s.organization_id = n.organization_id AND s.product_id = n.id)
     ORDER BY k.store_id FOR NO KEY UPDATE;
    WITH held AS (
        SELECT s.id, s.organization_id, s.store_id, s.on_hand, s.status, n.unit_cost - o.unit_cost AS cost,
               n.sale_price - o.sale_price AS price, coalesce(s.reorder_level_override, n.reorder_level) AS new_level,
               coalesce(s.order_up_to_override, n.order_up_to) AS new_up_to,
               stock_status(s.on_hand - s.reserved - s.on_hold, coalesce(s.reorder_level_override, n.reorder_level),
                            s.on_hand, coalesce(s.order_up_to_override, n.order_up_to)) AS new_status
          FROM stock_stock s
          JOIN before_change o ON o.organization_id = s.organization_id AND o.id = s.product_id
          JOIN after_change n ON n.organization_id = s.organization_id AND n.id = s.product_id
    ), followed AS (
        UPDATE stock_stock s SET reorder_level = h.new_level, order_up_to = h.new_up_to, status = h.new_status
          FROM held h
         WHERE s.organization_id = h.organization_id AND s.id = h.id
           AND (s.reorder_level, s.order_up_to) IS DISTINCT FROM (h.new_level, h.new_up_to)
    ), change AS (
        SELECT organization_id, store_id, sum(on_hand * cost) AS cost, sum(on_hand * price) AS retail,
               sum((new_status = 'low')::int - (status = 'low')::int) AS low,
               sum((new_status = 'out')::int - (status = 'out')::int) AS out,
               sum((new_status = 'negative')::int - (status = 'negative')::int) AS negative,
               sum((new_status = 'over')::int - (status = 'over')::int) AS over
          FROM held GROUP BY organization_id, store_id
    )
    UPDATE stock_storekpi k
       SET cost_value = k.cost_value + c.cost, retail_value = k.retail_value + c.retail, low = k.low + c.low,
           out = k.out + c.out, negative = k.negative + c.negative, over = k.over + c.over,
           updated_at = now()
      FROM change c
     WHERE k.organization_id = c.organization_id AND k.store_id = c.store_id;
    RETURN NULL;
END
$$;
