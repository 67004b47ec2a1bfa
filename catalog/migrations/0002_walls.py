"""Row-level security, composite keys and grants for the catalogue."""

from django.db import migrations

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql

TABLES = ["catalog_category", "catalog_supplier", "catalog_product", "catalog_barcode"]


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("accounts", "0002_walls")]

    operations = [
        run_sql(
            *[tenant_table_sql(table) for table in TABLES],
            *[unique_with_organization_sql(table) for table in TABLES],
            composite_key_sql("catalog_product", "category_id", "catalog_category"),
            composite_key_sql("catalog_product", "supplier_id", "catalog_supplier"),
            composite_key_sql("catalog_barcode", "product_id", "catalog_product", "CASCADE"),
        )
    ]
