-- A product's cost, price and reorder level count in the figures of every store that holds it. The catalogue stands on
-- a lower floor and does not know the ledger, so the ledger listens here. Locks are taken in the apply's own order:
-- balances by store, then figures by store.
CREATE FUNCTION stock_follow_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM stock_stock
     WHERE organization_id = NEW.organization_id AND product_id = NEW.id
     ORDER BY store_id FOR NO KEY UPDATE;
    PERFORM 1 FROM stock_storekpi k
     WHERE k.organization_id = NEW.organization_id
       AND k.store_id IN (SELECT s.store_id FROM stock_stock s
                           WHERE s.organization_id = NEW.organization_id AND s.product_id = NEW.id)
     ORDER BY k.store_id FOR NO KEY UPDATE;
    WITH before AS (
        SELECT store_id, on_hand, status,
               stock_status(on_hand - reserved - on_hold, coalesce(reorder_level_override, NEW.reorder_level)) AS new_status
          FROM stock_stock WHERE organization_id = NEW.organization_id AND product_id = NEW.id
    ), followed AS (
        UPDATE stock_stock s
           SET reorder_level = coalesce(s.reorder_level_override, NEW.reorder_level), status = b.new_status
          FROM before b
         WHERE s.organization_id = NEW.organization_id AND s.product_id = NEW.id AND s.store_id = b.store_id
           AND (s.reorder_level IS DISTINCT FROM coalesce(s.reorder_level_override, NEW.reorder_level))
    )
    UPDATE stock_storekpi k
       SET cost_value = k.cost_value + b.on_hand * (NEW.unit_cost - OLD.unit_cost),
           retail_value = k.retail_value + b.on_hand * (NEW.sale_price - OLD.sale_price),
           low = k.low + (b.new_status = 'low')::int - (b.status = 'low')::int,
           out = k.out + (b.new_status = 'out')::int - (b.status = 'out')::int,
           negative = k.negative + (b.new_status = 'negative')::int - (b.status = 'negative')::int,
           updated_at = now()
      FROM before b
     WHERE k.organization_id = NEW.organization_id AND k.store_id = b.store_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER stock_follows_product AFTER UPDATE OF unit_cost, sale_price, reorder_level ON catalog_product
    FOR EACH ROW
    WHEN ((OLD.unit_cost, OLD.sale_price, OLD.reorder_level) IS DISTINCT FROM (NEW.unit_cost, NEW.sale_price, NEW.reorder_level))
    EXECUTE FUNCTION stock_follow_product();
