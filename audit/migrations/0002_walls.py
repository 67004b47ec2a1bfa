"""The log's walls: row-level security, append only for everyone, and only the columns a writer has a say in."""

from django.db import migrations

from inventory_project.kernel.rls import APP_ROLE, PLATFORM_ROLE, run_sql, tenant_table_sql

TABLES = ["audit_entry", "audit_block", "audit_chain_head"]

# A writer cannot choose its entry's number, time or transaction: those columns keep their defaults.
WRITABLE = (
    "organization_id, chain, block, actor_id, actor_label, action, object_type, object_id, object_label, "
    "store_id, product_id, before, after, detail, request_id"
)

# The platform's own entries (organisation 0) are out of the app role's sight, whatever its session is bound to.
PLATFORM_ONLY = """
CREATE POLICY not_the_platform ON {table} AS RESTRICTIVE TO onhand_app
    USING (organization_id > 0) WITH CHECK (organization_id > 0);
"""

# Also for the tables' owner, whom no grant can hold back.
APPEND_ONLY = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_block
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON audit_chain_head
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_entry EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_entry_default EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_block EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_chain_head EXECUTE FUNCTION audit_refuse_change();
"""

# A partition addressed by its own name would bypass its parent's policies: nobody is granted anything on it, and its
# own row-level security has no policy, so a grant given by mistake would still show nothing.
PARTITION = """
ALTER TABLE audit_entry_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry_default FORCE ROW LEVEL SECURITY;
REVOKE ALL ON audit_entry_default FROM PUBLIC, onhand_app, onhand_platform;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        run_sql(
            *[tenant_table_sql(table, privileges="SELECT") for table in TABLES],
            *[PLATFORM_ONLY.format(table=table) for table in TABLES],
            f"GRANT INSERT ({WRITABLE}) ON audit_entry TO {APP_ROLE}, {PLATFORM_ROLE};",
            f"GRANT USAGE ON SEQUENCE audit_entry_sequence_seq TO {APP_ROLE}, {PLATFORM_ROLE};",
            APPEND_ONLY,
            PARTITION,
        )
    ]
