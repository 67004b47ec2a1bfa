-- The moving average: one step of it, by one definition for the apply, the making anew and the verification. Only
-- movements at a cost of their own take a step; all others move at the average there is. With nothing or less on hand
-- the average begins anew at the cost of what came in. A negative quantity takes back what had come in at `stated`.
CREATE FUNCTION stock_average_step(average numeric, base numeric, previous numeric, quantity numeric, stated numeric)
RETURNS numeric LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    after numeric := previous + quantity;
    found numeric;
BEGIN
    IF average IS NULL THEN average := base; END IF;
    IF quantity > 0 AND previous <= 0 THEN RETURN stated; END IF;
    IF after <= 0 THEN RETURN average; END IF;
    found := round((previous * average + quantity * stated) / after, 4);
    RETURN CASE WHEN found BETWEEN 0 AND 9999999999 THEN found ELSE average END;
END
$$;

CREATE AGGREGATE stock_moving_average(base numeric, previous numeric, quantity numeric, stated numeric) (
    SFUNC = stock_average_step,
    STYPE = numeric
);

-- What a unit of a movement was worth, and what a unit of a transfer had cost when it was sent: goods bring that along as
-- long as it is the same money. Functions, so that an apply which asks neither does not open the ledger's partitions.
CREATE FUNCTION stock_cost_of(organization bigint, movement uuid) RETURNS numeric LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT m.unit_cost FROM stock_stockmovement m WHERE m.organization_id = organization AND m.id = movement);
END
$$;
CREATE FUNCTION stock_cost_sent(organization bigint, transfer uuid, product bigint, money text) RETURNS numeric
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT m.unit_cost FROM stock_stockmovement m
              JOIN stores_store origin ON origin.organization_id = organization AND origin.id = m.store_id
             WHERE m.organization_id = organization AND m.transfer_id = transfer AND m.product_id = product
               AND m.kind = 'transfer_dispatch' AND m.status = 'applied' AND origin.currency = money
             ORDER BY m.sequence DESC LIMIT 1);
END
$$;

-- Accepting a movement, as before, with the cost it was said to have.
CREATE OR REPLACE FUNCTION stock_accept(
    organization bigint, movement json, fingerprint bigint, reach bigint[], lanes integer,
    OUT store_id bigint, OUT is_open boolean, OUT store_code text, OUT store_name text,
    OUT product_id bigint, OUT sku text, OUT product_name text, OUT first_id uuid, OUT is_same boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    place text := movement->>'store';
    item text := movement->>'product';
    own_key text := movement->>'key';
BEGIN
    IF NULLIF(current_setting('app.organization', true), '')::bigint <> organization THEN
        RAISE EXCEPTION 'organization % is bound, not %', current_setting('app.organization'), organization
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('app.organization', organization::text, true);
    IF json_typeof(movement->'store') = 'number' THEN
        SELECT s.id, s.is_active, s.code, s.name INTO store_id, is_open, store_code, store_name
          FROM stores_store s WHERE s.organization_id = organization AND s.id = place::bigint;
    ELSE
        SELECT s.id, s.is_active, s.code, s.name INTO store_id, is_open, store_code, store_name
          FROM stores_store s WHERE s.organization_id = organization AND s.code_key = upper(place);
    END IF;
    IF NOT coalesce(reach IS NULL OR store_id = ANY(reach), false) THEN
        store_id := NULL; is_open := NULL; store_code := NULL; store_name := NULL;
    END IF;
    IF json_typeof(movement->'product') = 'number' THEN
        SELECT p.id, p.sku, p.name INTO product_id, sku, product_name
          FROM catalog_product p WHERE p.organization_id = organization AND p.id = item::bigint;
    ELSE
        SELECT p.id, p.sku, p.name INTO product_id, sku, product_name
          FROM catalog_product p WHERE p.organization_id = organization AND p.sku_key = upper(item);
        IF product_id IS NULL THEN
            SELECT p.id, p.sku, p.name INTO product_id, sku, product_name
              FROM catalog_barcode b
              JOIN catalog_product p ON p.organization_id = organization AND p.id = b.product_id
             WHERE b.organization_id = organization AND b.code = item;
        END IF;
    END IF;
    IF product_id IS NULL OR is_open IS NOT TRUE THEN
        RETURN;
    END IF;
    IF own_key IS NOT NULL THEN
        LOOP
            -- A concurrent request with the same key waits here for the first to end.
            INSERT INTO stock_movementkey (organization_id, key, fingerprint, movement_id, recorded_at)
            VALUES (organization, own_key, fingerprint, (movement->>'id')::uuid, now())
            ON CONFLICT DO NOTHING;
            EXIT WHEN FOUND;
            SELECT k.movement_id, k.fingerprint = stock_accept.fingerprint INTO first_id, is_same
              FROM stock_movementkey k WHERE k.organization_id = organization AND k.key = own_key;
            IF first_id IS NOT NULL THEN
                RETURN;
            END IF;  -- else it was pruned between the two: it is ours now
        END LOOP;
    END IF;
    INSERT INTO stock_inbox (
        organization_id, id, lane, store_id, product_id, kind, quantity, effective_at, recorded_at, actor_id,
        actor_label, request_id, source, reference, reason, unit_price, unit_cost, idempotency_key)
    SELECT organization, r.id, store_id % lanes, store_id, product_id, r.kind, r.quantity, r.effective_at, r.recorded_at,
           r.actor, r.actor_label, r.request_id, r.source, r.reference, r.reason, r.unit_price, r.unit_cost, own_key
      FROM json_to_record(movement) AS r (
           id uuid, kind text, quantity numeric, effective_at timestamptz, recorded_at timestamptz, actor bigint,
           actor_label text, request_id text, source text, reference text, reason text, unit_price numeric, unit_cost numeric);
END
$$;

-- A product whose cost was not known and now is: what is held of it at no cost is worth that from now on.
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
    WITH told AS (
        UPDATE stock_stock s SET average_cost = n.unit_cost
          FROM before_change o JOIN after_change n ON n.organization_id = o.organization_id AND n.id = o.id
         WHERE o.unit_cost = 0 AND n.unit_cost > 0 AND s.organization_id = n.organization_id AND s.product_id = n.id
           AND s.average_cost = 0 AND s.cost_changed_at IS NULL
        RETURNING s.organization_id, s.store_id, s.product_id, s.on_hand, s.average_cost
    )
    INSERT INTO stock_revaluation (organization_id, store_id, product_id, cause, amount, on_hand, average_cost, date)
    SELECT t.organization_id, t.store_id, t.product_id, 'cost_known', t.on_hand * t.average_cost, t.on_hand,
           t.average_cost, (now() AT TIME ZONE place.time_zone)::date
      FROM told t JOIN stores_store place ON place.organization_id = t.organization_id AND place.id = t.store_id
     WHERE t.on_hand <> 0;
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

-- What is held when this begins is worth the product's cost. What the ledger's movements add up to is another sum (they
-- were kept with the product's cost of their day), so the difference is a line of its own. Behind nobody's walls.
ALTER TABLE stock_stock NO FORCE ROW LEVEL SECURITY;
ALTER TABLE stock_stockmovement NO FORCE ROW LEVEL SECURITY;
ALTER TABLE catalog_product NO FORCE ROW LEVEL SECURITY;
ALTER TABLE stores_store NO FORCE ROW LEVEL SECURITY;
UPDATE stock_stock s SET average_cost = p.unit_cost
  FROM catalog_product p
 WHERE p.organization_id = s.organization_id AND p.id = s.product_id AND p.unit_cost <> 0;
INSERT INTO stock_revaluation (organization_id, store_id, product_id, cause, amount, on_hand, average_cost, date)
SELECT s.organization_id, s.store_id, s.product_id, 'opening', s.on_hand * s.average_cost - coalesce(m.moved, 0), s.on_hand,
       s.average_cost, (now() AT TIME ZONE place.time_zone)::date
  FROM stock_stock s
  JOIN stores_store place ON place.organization_id = s.organization_id AND place.id = s.store_id
  LEFT JOIN (SELECT organization_id, store_id, product_id, sum(quantity * coalesce(unit_cost, 0)) AS moved
               FROM stock_stockmovement WHERE status = 'applied' GROUP BY 1, 2, 3) m
    ON m.organization_id = s.organization_id AND m.store_id = s.store_id AND m.product_id = s.product_id
 WHERE s.on_hand * s.average_cost <> coalesce(m.moved, 0);
ALTER TABLE stock_stock FORCE ROW LEVEL SECURITY;
ALTER TABLE stock_stockmovement FORCE ROW LEVEL SECURITY;
ALTER TABLE catalog_product FORCE ROW LEVEL SECURITY;
ALTER TABLE stores_store FORCE ROW LEVEL SECURITY;

-- Both belong to a balance, and through it to a store and a product of the same organisation.
ALTER TABLE stock_averagecost ADD CONSTRAINT stock_averagecost_balance_same_organization
    FOREIGN KEY (organization_id, store_id, product_id) REFERENCES stock_stock (organization_id, store_id, product_id);
ALTER TABLE stock_revaluation ADD CONSTRAINT stock_revaluation_balance_same_organization
    FOREIGN KEY (organization_id, store_id, product_id) REFERENCES stock_stock (organization_id, store_id, product_id);
CREATE TRIGGER revaluation_is_final BEFORE UPDATE OR DELETE ON stock_revaluation
    FOR EACH ROW EXECUTE FUNCTION stock_refuse_change();
CREATE TRIGGER revaluation_is_kept BEFORE TRUNCATE ON stock_revaluation
    FOR EACH STATEMENT EXECUTE FUNCTION stock_refuse_change();
