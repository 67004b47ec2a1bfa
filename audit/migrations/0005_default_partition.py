"""Entries written while their month had no partition get one, so that the months after them are not blocked."""

from django.db import migrations

from inventory_project.kernel.rls import run_sql

# One month a call and a transaction, so it may be broken off and repeated. The default partition is held alone
# meanwhile: nobody sees it without its walls, and an entry that would have gone into it waits for its partition.
EMPTY_DEFAULT_PARTITION = """
CREATE FUNCTION audit_empty_default_partition() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '3s' SET timezone = 'UTC' AS $$
DECLARE
    month timestamptz;
    next_month timestamptz;
    partition text;
    moved bigint := 0;
BEGIN
    IF pg_relation_size('audit_entry_default') = 0 THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(1635083369, -1);
    LOCK TABLE audit_entry_default IN ACCESS EXCLUSIVE MODE;
    ALTER TABLE audit_entry_default DISABLE ROW LEVEL SECURITY, DISABLE TRIGGER USER;
    SELECT date_trunc('month', min(occurred_at)) INTO month FROM audit_entry_default;
    IF month IS NULL THEN
        TRUNCATE audit_entry_default;
    ELSE
        next_month := month + interval '1 month';
        partition := 'audit_entry_' || to_char(month, 'YYYYMM');
        EXECUTE format('CREATE TABLE %I (LIKE audit_entry INCLUDING ALL)', partition);
        EXECUTE format('WITH moved AS (DELETE FROM audit_entry_default WHERE occurred_at >= %L AND occurred_at < %L '
            'RETURNING *) INSERT INTO %I SELECT * FROM moved', month, next_month, partition);
        GET DIAGNOSTICS moved = ROW_COUNT;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', partition);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', partition);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC, onhand_app, onhand_platform', partition);
        EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I EXECUTE FUNCTION audit_refuse_change()',
            partition);
        EXECUTE format('ALTER TABLE audit_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            partition, month, next_month);
    END IF;
    ALTER TABLE audit_entry_default ENABLE ROW LEVEL SECURITY, ENABLE TRIGGER USER;
    RETURN moved;
END $$;
REVOKE ALL ON FUNCTION audit_empty_default_partition() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_empty_default_partition() TO onhand_platform;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_feed_position")]

    operations = [run_sql(EMPTY_DEFAULT_PARTITION)]
