-- One movement into its lane: the organisation bound, store and product found, the key claimed, the row written, in one
-- statement and so in one round trip. Runs with the caller's rights, behind its walls, for this transaction only.
--
-- `movement` is the row as the ledger takes it, its store and product as the caller named them (a number is an id, a
-- text a code, SKU or barcode). `reach` are the stores the caller may use, null for all. Answers what the names mean;
-- `is_open` null or product_id null mean that there is no such store or product, and nothing was written. With
-- `first_id` the key was used before, and nothing was written: for the same request when `is_same`.
CREATE FUNCTION stock_accept(
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
        actor_label, request_id, source, reference, reason, unit_price, idempotency_key)
    SELECT organization, r.id, store_id % lanes, store_id, product_id, r.kind, r.quantity, r.effective_at, r.recorded_at,
           r.actor, r.actor_label, r.request_id, r.source, r.reference, r.reason, r.unit_price, own_key
      FROM json_to_record(movement) AS r (
           id uuid, kind text, quantity numeric, effective_at timestamptz, recorded_at timestamptz, actor bigint,
           actor_label text, request_id text, source text, reference text, reason text, unit_price numeric);
END
$$;
REVOKE ALL ON FUNCTION stock_accept FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stock_accept TO onhand_app;
