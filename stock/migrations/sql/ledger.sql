-- The ledger, partitioned by month of its time-ordered id: a unique key that is also the partition key.
CREATE SEQUENCE stock_movement_sequence AS bigint;
CREATE TABLE stock_stockmovement (
    organization_id bigint NOT NULL,
    id uuid NOT NULL,
    sequence bigint NOT NULL DEFAULT nextval('stock_movement_sequence'),
    store_id bigint NOT NULL,
    product_id bigint NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    rejection text NOT NULL DEFAULT '',
    quantity numeric(14,3) NOT NULL,
    balance_after numeric(14,3) NOT NULL,
    effective_at timestamptz NOT NULL,
    -- The store's local date of effective_at, kept as it was when the movement was applied.
    business_date date NOT NULL,
    recorded_at timestamptz NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    applied_via text NOT NULL,
    actor_id bigint,
    source text NOT NULL DEFAULT 'api',
    reference text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '',
    unit_price numeric(14,4),
    unit_cost numeric(14,4),
    idempotency_key text,
    transfer_id uuid,
    reverses_id uuid,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT movement_quantity_not_zero CHECK (quantity <> 0),
    CONSTRAINT movement_kind_known CHECK (kind IN ('receipt', 'sale', 'removal', 'customer_return', 'supplier_return',
        'transfer_dispatch', 'transfer_receipt', 'count_adjustment', 'adjustment', 'opening', 'reversal')),
    CONSTRAINT movement_sign_follows_kind CHECK (
        CASE WHEN kind IN ('receipt', 'customer_return', 'transfer_receipt', 'opening') THEN quantity > 0
             WHEN kind IN ('sale', 'removal', 'supplier_return', 'transfer_dispatch') THEN quantity < 0
             ELSE true END),
    CONSTRAINT movement_final CHECK (status = 'applied' AND rejection = '' OR status = 'rejected' AND rejection <> ''),
    -- A movement belongs to a balance, and through it to a store and a product of the same organisation.
    CONSTRAINT stock_stockmovement_balance_same_organization FOREIGN KEY (organization_id, store_id, product_id)
        REFERENCES stock_stock (organization_id, store_id, product_id)
) PARTITION BY RANGE (id);
CREATE TABLE stock_stockmovement_default PARTITION OF stock_stockmovement DEFAULT;
CREATE INDEX movement_by_store ON stock_stockmovement (organization_id, store_id, id);
CREATE INDEX movement_by_balance ON stock_stockmovement (organization_id, store_id, product_id, sequence);
CREATE INDEX movement_by_effective_time ON stock_stockmovement (organization_id, store_id, effective_at);
CREATE INDEX movement_by_transfer ON stock_stockmovement (organization_id, transfer_id) WHERE transfer_id IS NOT NULL;

CREATE FUNCTION stock_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: corrections are reversals', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER movement_is_final BEFORE UPDATE OR DELETE ON stock_stockmovement
    FOR EACH ROW EXECUTE FUNCTION stock_refuse_change();
CREATE TRIGGER movement_is_kept BEFORE TRUNCATE ON stock_stockmovement
    FOR EACH STATEMENT EXECUTE FUNCTION stock_refuse_change();

-- A partition addressed by its own name would bypass its parent's policies: nobody is granted anything on it, and its
-- own row-level security has no policy, so a grant given by mistake would still show nothing.
CREATE FUNCTION stock_wall_partition(partition text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', partition);
    EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, onhand_app, onhand_platform', partition);
    EXECUTE format('CREATE TRIGGER movement_is_kept BEFORE TRUNCATE ON %I '
        'FOR EACH STATEMENT EXECUTE FUNCTION stock_refuse_change()', partition);
END
$$;
SELECT stock_wall_partition('stock_stockmovement_default');

-- Months ahead, so that the default partition stays empty. Run by the platform role; the owner's rights make tables.
-- One caller at a time; and ATTACH, which lets writers go on where CREATE ... PARTITION OF would lock the whole ledger.
CREATE FUNCTION stock_ensure_partitions(months_ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '3s' AS $$
DECLARE
    month timestamptz := date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
    next_month timestamptz;
    partition text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('stock_ensure_partitions', 0));
    FOR step IN 0..months_ahead LOOP
        next_month := ((month AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
        partition := 'stock_stockmovement_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
        IF to_regclass(partition) IS NULL THEN
            EXECUTE format('CREATE TABLE %I (LIKE stock_stockmovement INCLUDING ALL)', partition);
            EXECUTE format('ALTER TABLE stock_stockmovement ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                partition, stock_first_id_at(month), stock_first_id_at(next_month));
            PERFORM stock_wall_partition(partition);
            made := made + 1;
        END IF;
        month := next_month;
    END LOOP;
    RETURN made;
END
$$;
REVOKE ALL ON FUNCTION stock_ensure_partitions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stock_ensure_partitions TO onhand_platform;
SELECT stock_ensure_partitions(3);

-- The inbox: drained by lane in order of arrival.
CREATE SEQUENCE stock_inbox_sequence AS bigint;
ALTER TABLE stock_inbox ALTER COLUMN sequence SET DEFAULT nextval('stock_inbox_sequence');
ALTER TABLE stock_inbox DROP CONSTRAINT stock_inbox_pkey;
ALTER TABLE stock_inbox ADD CONSTRAINT stock_inbox_pkey PRIMARY KEY (organization_id, lane, sequence);
ALTER TABLE stock_inbox ADD CONSTRAINT stock_inbox_id UNIQUE (organization_id, id);
ALTER TABLE stock_inbox ADD CONSTRAINT inbox_quantity_not_zero CHECK (quantity <> 0);
ALTER TABLE stock_inbox ADD CONSTRAINT stock_inbox_to_store_id_same_organization
    FOREIGN KEY (organization_id, to_store_id) REFERENCES stores_store (organization_id, id);

CREATE INDEX movement_key_by_age ON stock_movementkey (recorded_at);
CREATE INDEX daily_sales_by_date ON stock_dailysales (organization_id, date);
ALTER TABLE stock_stock SET (fillfactor = 80);
ALTER TABLE stock_stock ADD CONSTRAINT stock_status_agrees
    CHECK (status = stock_status(on_hand - reserved - on_hold, reorder_level));
ALTER TABLE stock_storekpi SET (fillfactor = 50);
ALTER TABLE stock_storeday SET (fillfactor = 50);

-- Work done once per due date, however many beats ring for it.
CREATE TABLE stock_jobrun (
    name text NOT NULL,
    due_date date NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, due_date)
);
GRANT SELECT, INSERT ON stock_jobrun TO onhand_platform;
-- Compressing a year's numbers takes longer than writing them; a quarter of the room is not worth half of the speed.
ALTER TABLE stock_saleshistory ALTER COLUMN units SET STORAGE EXTERNAL;
