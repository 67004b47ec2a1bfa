"""Rows that came in while their month had no partition get one, so that the months after them are not blocked."""

from django.db import migrations

from inventory_project.kernel.rls import run_sql

# One month a call and a transaction, so it may be broken off and repeated. The default partition is held alone
# meanwhile: nobody sees it without its walls, and a movement that would have gone into it waits for its partition.
EMPTY_DEFAULT_PARTITION = """
CREATE FUNCTION stock_empty_default_partition() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '3s' SET timezone = 'UTC' AS $$
DECLARE
    earliest uuid;
    month timestamptz;
    next_month timestamptz;
    partition text;
    moved bigint;
BEGIN
    IF pg_relation_size('stock_stockmovement_default') = 0 THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('stock_ensure_partitions', 0));
    LOCK TABLE stock_stockmovement_default IN ACCESS EXCLUSIVE MODE;
    ALTER TABLE stock_stockmovement_default DISABLE ROW LEVEL SECURITY, DISABLE TRIGGER USER;
    SELECT id INTO earliest FROM stock_stockmovement_default ORDER BY id LIMIT 1;
    IF earliest IS NULL THEN
        moved := 0;
        TRUNCATE stock_stockmovement_default;
    ELSE
        month := date_trunc('month', to_timestamp(
            ('x' || left(replace(earliest::text, '-', ''), 12))::bit(48)::bigint / 1000.0));
        next_month := month + interval '1 month';
        partition := 'stock_stockmovement_' || to_char(month, 'YYYY_MM');
        EXECUTE format('CREATE TABLE %I (LIKE stock_stockmovement INCLUDING ALL)', partition);
        -- The key to the balances before the rows: each is then checked as it comes. ATTACH would check them all by a
        -- query of the owner's, to whom the walls show no balance.
        EXECUTE format('ALTER TABLE %I ADD CONSTRAINT stock_stockmovement_balance_same_organization '
            'FOREIGN KEY (organization_id, store_id, product_id) '
            'REFERENCES stock_stock (organization_id, store_id, product_id)', partition);
        EXECUTE format('WITH moved AS (DELETE FROM stock_stockmovement_default WHERE id >= %L AND id < %L RETURNING *) '
            'INSERT INTO %I SELECT * FROM moved', stock_first_id_at(month), stock_first_id_at(next_month), partition);
        GET DIAGNOSTICS moved = ROW_COUNT;
        EXECUTE format('ALTER TABLE stock_stockmovement ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            partition, stock_first_id_at(month), stock_first_id_at(next_month));
        PERFORM stock_wall_partition(partition);
    END IF;
    ALTER TABLE stock_stockmovement_default ENABLE ROW LEVEL SECURITY, ENABLE TRIGGER USER;
    RETURN moved;
END
$$;
REVOKE ALL ON FUNCTION stock_empty_default_partition FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stock_empty_default_partition TO onhand_platform;
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0008_validate_buckets")]

    operations = [run_sql(EMPTY_DEFAULT_PARTITION)]
