-- A product's cost, price and reorder level count in the figures of every store that holds it. The catalogue stands on
-- a lower floor and does not know the ledger, so the ledger listens here. Once for a whole statement: row by row, the
-- second product's balances would be locked after the first one's figures, against the apply's order of locks.
CREATE FUNCTION stock_follow_products() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM before_change o JOIN after_change n ON n.organization_id = o.organization_id AND n.id = o.id
         WHERE (o.unit_cost, o.sale_price, o.reorder_level) IS DISTINCT FROM (n.unit_cost, n.sale_price, n.reorder_level)
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
               stock_status(s.on_hand - s.reserved - s.on_hold, coalesce(s.reorder_level_override, n.reorder_level)) AS new_status
          FROM stock_stock s
          JOIN before_change o ON o.organization_id = s.organization_id AND o.id = s.product_id
          JOIN after_change n ON n.organization_id = s.organization_id AND n.id = s.product_id
    ), followed AS (
        UPDATE stock_stock s SET reorder_level = h.new_level, status = h.new_status
          FROM held h
         WHERE s.organization_id = h.organization_id AND s.id = h.id AND s.reorder_level IS DISTINCT FROM h.new_level
    ), change AS (
        SELECT organization_id, store_id, sum(on_hand * cost) AS cost, sum(on_hand * price) AS retail,
               sum((new_status = 'low')::int - (status = 'low')::int) AS low,
               sum((new_status = 'out')::int - (status = 'out')::int) AS out,
               sum((new_status = 'negative')::int - (status = 'negative')::int) AS negative
          FROM held GROUP BY organization_id, store_id
    )
    UPDATE stock_storekpi k
       SET cost_value = k.cost_value + c.cost, retail_value = k.retail_value + c.retail, low = k.low + c.low,
           out = k.out + c.out, negative = k.negative + c.negative, updated_at = now()
      FROM change c
     WHERE k.organization_id = c.organization_id AND k.store_id = c.store_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER stock_follows_products AFTER UPDATE ON catalog_product
    REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
    FOR EACH STATEMENT EXECUTE FUNCTION stock_follow_products();
