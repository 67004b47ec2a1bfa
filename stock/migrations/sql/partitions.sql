-- One caller at a time; and ATTACH, which lets writers go on where CREATE ... PARTITION OF would lock the whole ledger.
CREATE OR REPLACE FUNCTION stock_ensure_partitions(months_ahead integer) RETURNS integer
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
            made := made + 1;
        END IF;
        month := next_month;
    END LOOP;
    RETURN made;
END
$$;
