-- The transition table of orders to suppliers, held by the database as well: a step that is not in it is refused.
CREATE FUNCTION stock_purchase_step(before text, after text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT before = after OR CASE before
        WHEN 'draft' THEN after IN ('sent', 'cancelled')
        WHEN 'sent' THEN after IN ('partially_received', 'received', 'cancelled')
        WHEN 'partially_received' THEN after IN ('received', 'closed', 'sent')
        WHEN 'received' THEN after IN ('closed', 'partially_received', 'sent')
        ELSE false
    END
$$;
CREATE FUNCTION stock_check_purchase_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT stock_purchase_step(OLD.status, NEW.status) THEN
        RAISE EXCEPTION 'an order to a supplier does not go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER purchase_goes_step_by_step BEFORE UPDATE OF status ON stock_purchaseorder
    FOR EACH ROW EXECUTE FUNCTION stock_check_purchase_step();
-- What a delivery was never changes: only its reversal is written to it afterwards.
CREATE FUNCTION stock_keep_goods_receipt_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.receipt_id, NEW.line_id, NEW.store_id, NEW.product_id, NEW.quantity, NEW.damaged, NEW.rejected, NEW.unit_cost,
        NEW.movement_id, NEW.damaged_movement_id)
       IS DISTINCT FROM
       (OLD.receipt_id, OLD.line_id, OLD.store_id, OLD.product_id, OLD.quantity, OLD.damaged, OLD.rejected, OLD.unit_cost,
        OLD.movement_id, OLD.damaged_movement_id) OR OLD.reversed_at IS NOT NULL
    THEN
        RAISE EXCEPTION 'a line of a goods receipt is reversed, once, and never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER goods_receipt_line_stays BEFORE UPDATE ON stock_goodsreceiptline
    FOR EACH ROW EXECUTE FUNCTION stock_keep_goods_receipt_line();
