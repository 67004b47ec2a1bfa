-- Movements of goods that are not for sale. A hold leaves on hand as it is; a movement into or out of a bucket from
-- outside changes both by the same number. Not validated here: what is there satisfies stricter rules, and the next
-- migration proves it without keeping writers out.
ALTER TABLE stock_stockmovement DROP CONSTRAINT movement_quantity_not_zero;
ALTER TABLE stock_stockmovement DROP CONSTRAINT movement_kind_known;
ALTER TABLE stock_stockmovement DROP CONSTRAINT movement_sign_follows_kind;
ALTER TABLE stock_stockmovement ADD CONSTRAINT movement_quantity_or_bucket CHECK (
    CASE WHEN held IS NULL THEN quantity <> 0 AND bucket IS NULL AND kind NOT IN ('hold', 'release_hold')
         ELSE held <> 0 AND bucket IN ('damaged', 'quality') AND bucket IS NOT NULL
              AND (quantity = held AND kind NOT IN ('hold', 'release_hold')
                   OR quantity = 0 AND kind IN ('hold', 'release_hold', 'reversal')) END) NOT VALID;
ALTER TABLE stock_stockmovement ADD CONSTRAINT movement_kind_known CHECK (
    kind IN ('receipt', 'sale', 'removal', 'customer_return', 'supplier_return', 'transfer_dispatch', 'transfer_receipt',
             'count_adjustment', 'adjustment', 'opening', 'reversal', 'hold', 'release_hold')) NOT VALID;
ALTER TABLE stock_stockmovement ADD CONSTRAINT movement_sign_follows_kind CHECK (
    CASE WHEN kind IN ('receipt', 'customer_return', 'transfer_receipt', 'opening') THEN quantity > 0
         WHEN kind IN ('sale', 'removal', 'supplier_return', 'transfer_dispatch') THEN quantity < 0
         WHEN kind = 'hold' THEN held > 0
         WHEN kind = 'release_hold' THEN held < 0
         ELSE true END) NOT VALID;

-- A line holds units of a balance, and through it of a store and a product of the same organisation.
ALTER TABLE stock_reservationline ADD CONSTRAINT stock_reservationline_balance_same_organization
    FOREIGN KEY (organization_id, store_id, product_id) REFERENCES stock_stock (organization_id, store_id, product_id);
-- And it lies where its reservation does.
ALTER TABLE stock_reservation ADD CONSTRAINT stock_reservation_in_its_store UNIQUE (organization_id, id, store_id);
ALTER TABLE stock_reservationline ADD CONSTRAINT stock_reservationline_reservation_same_store
    FOREIGN KEY (organization_id, reservation_id, store_id)
    REFERENCES stock_reservation (organization_id, id, store_id);

-- A reservation is active as long as a line of it is open. At commit, when both have been written.
CREATE FUNCTION stock_check_reservation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted uuid := CASE TG_TABLE_NAME WHEN 'stock_reservation' THEN to_jsonb(NEW) ->> 'id'
                        ELSE to_jsonb(NEW) ->> 'reservation_id' END;
    found record;
BEGIN
    SELECT r.status,
           EXISTS (SELECT FROM stock_reservationline l
                    WHERE l.organization_id = r.organization_id AND l.reservation_id = r.id AND l.open > 0) AS open
      INTO found FROM stock_reservation r WHERE r.organization_id = NEW.organization_id AND r.id = wanted;
    IF (found.status = 'active') IS DISTINCT FROM found.open THEN
        RAISE EXCEPTION 'reservation % is % and its lines say otherwise', wanted, found.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER reservation_agrees_with_its_lines AFTER INSERT OR UPDATE OF status ON stock_reservation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stock_check_reservation();
CREATE CONSTRAINT TRIGGER reservation_line_agrees AFTER INSERT OR UPDATE ON stock_reservationline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stock_check_reservation();
