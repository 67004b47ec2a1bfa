"""Row-level security, the composite key's target and grants for stores; members' stores must exist."""

from django.db import migrations

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql


class Migration(migrations.Migration):
    dependencies = [("stores", "0001_initial"), ("accounts", "0002_walls")]

    operations = [
        run_sql(
            tenant_table_sql("stores_store"),
            unique_with_organization_sql("stores_store"),
            composite_key_sql("accounts_membershipstore", "store_id", "stores_store", "CASCADE"),
        )
    ]
