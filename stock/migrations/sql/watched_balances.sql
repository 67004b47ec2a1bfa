-- Whoever above wants to hear of a balance keeps two lines with it, and is called when what is available is no longer
-- between them: below `watch_below`, or at or above `watch_above`. A balance that nobody has looked at yet calls when it
-- needs attention by itself. One definition, used by the triggers here and by the apply, which says whether to ring.
CREATE FUNCTION stock_left_its_lines(available numeric, watch_below numeric, watch_above numeric, status text)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN watch_below IS NULL THEN status <> 'in_stock'
                ELSE available < watch_below OR available >= watch_above END
$$;

-- A call is a row that is only ever added and taken away, so that nobody waits for anybody to leave one.
CREATE FUNCTION stock_call_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_balancecall (organization_id, store_id, product_id)
    VALUES (NEW.organization_id, NEW.store_id, NEW.product_id);
    RETURN NULL;
END
$$;
-- WHEN is judged without calling anything: a movement inside the lines costs a comparison.
CREATE TRIGGER balance_leaves_its_lines AFTER UPDATE OF on_hand, reserved, on_hold ON stock_stock
    FOR EACH ROW WHEN (stock_left_its_lines(NEW.on_hand - NEW.reserved - NEW.on_hold, NEW.watch_below, NEW.watch_above,
                                            NEW.status))
    EXECUTE FUNCTION stock_call_balance();
CREATE TRIGGER balance_has_other_levels AFTER UPDATE OF reorder_level, order_up_to ON stock_stock
    FOR EACH ROW WHEN ((OLD.reorder_level, OLD.order_up_to) IS DISTINCT FROM (NEW.reorder_level, NEW.order_up_to))
    EXECUTE FUNCTION stock_call_balance();

-- What is coming has changed, or when.
CREATE FUNCTION stock_call_of_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_balancecall (organization_id, store_id, product_id)
    SELECT l.organization_id, NEW.store_id, l.product_id
      FROM stock_purchaseline l WHERE l.organization_id = NEW.organization_id AND l.order_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER purchase_calls AFTER UPDATE OF status, expected_on ON stock_purchaseorder
    FOR EACH ROW WHEN ((OLD.status, OLD.expected_on) IS DISTINCT FROM (NEW.status, NEW.expected_on))
    EXECUTE FUNCTION stock_call_of_order();
CREATE FUNCTION stock_call_of_order_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_balancecall (organization_id, store_id, product_id)
    SELECT o.organization_id, o.store_id, NEW.product_id
      FROM stock_purchaseorder o
     WHERE o.organization_id = NEW.organization_id AND o.id = NEW.order_id AND o.status <> 'draft';
    RETURN NULL;
END
$$;
CREATE TRIGGER purchase_line_calls AFTER UPDATE ON stock_purchaseline
    FOR EACH ROW WHEN (OLD.outstanding IS DISTINCT FROM NEW.outstanding) EXECUTE FUNCTION stock_call_of_order_line();

CREATE FUNCTION stock_call_of_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_balancecall (organization_id, store_id, product_id)
    SELECT l.organization_id, NEW.destination_id, l.product_id
      FROM stock_transferline l WHERE l.organization_id = NEW.organization_id AND l.order_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER transfer_calls AFTER UPDATE OF status, expected_on ON stock_transferorder
    FOR EACH ROW WHEN ((OLD.status, OLD.expected_on) IS DISTINCT FROM (NEW.status, NEW.expected_on))
    EXECUTE FUNCTION stock_call_of_transfer();
CREATE FUNCTION stock_call_of_transfer_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_balancecall (organization_id, store_id, product_id)
    SELECT o.organization_id, o.destination_id, NEW.product_id
      FROM stock_transferorder o WHERE o.organization_id = NEW.organization_id AND o.id = NEW.order_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER transfer_line_calls AFTER UPDATE ON stock_transferline
    FOR EACH ROW WHEN (OLD.in_transit IS DISTINCT FROM NEW.in_transit) EXECUTE FUNCTION stock_call_of_transfer_line();

-- A product that leaves the range or comes back, a store that closes or opens again.
CREATE FUNCTION stock_call_of_product() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_balancecall (organization_id, store_id, product_id)
    SELECT organization_id, store_id, product_id
      FROM stock_stock WHERE organization_id = NEW.organization_id AND product_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER product_calls AFTER UPDATE OF lifecycle ON catalog_product
    FOR EACH ROW WHEN (OLD.lifecycle IS DISTINCT FROM NEW.lifecycle) EXECUTE FUNCTION stock_call_of_product();
CREATE FUNCTION stock_call_of_store() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_balancecall (organization_id, store_id, product_id)
    SELECT organization_id, store_id, product_id
      FROM stock_stock WHERE organization_id = NEW.organization_id AND store_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER store_calls AFTER UPDATE OF is_active ON stores_store
    FOR EACH ROW WHEN (OLD.is_active IS DISTINCT FROM NEW.is_active) EXECUTE FUNCTION stock_call_of_store();
