"""What the ORM has no words for: the partitioned ledger, sequences, walls, immutability, and the guarded balance."""

from pathlib import Path

from django.db import migrations

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql

SQL = Path(__file__).resolve().parent / "sql"

WALLED = {
    "stock_stock": "SELECT, INSERT, UPDATE",
    "stock_stockmovement": "SELECT, INSERT",
    "stock_inbox": "SELECT, INSERT, DELETE",
    "stock_movementkey": "SELECT, INSERT, DELETE",
    "stock_movementreversal": "SELECT, INSERT",
    "stock_dailysales": "SELECT, INSERT, UPDATE",
    "stock_saleshistory": "SELECT, INSERT, UPDATE",
    "stock_storekpi": "SELECT, INSERT, UPDATE",
    "stock_storeday": "SELECT, INSERT, UPDATE",
    "stock_ledgerverification": "SELECT, INSERT",
}
OF_STORE_AND_PRODUCT = ["stock_stock", "stock_inbox", "stock_dailysales", "stock_saleshistory"]
OF_STORE = ["stock_storekpi", "stock_storeday"]


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]

    operations = [
        run_sql((SQL / "functions.sql").read_text()),
        run_sql((SQL / "ledger.sql").read_text()),
        run_sql(
            *[tenant_table_sql(table, privileges=privileges) for table, privileges in WALLED.items()],
            *[composite_key_sql(table, "store_id", "stores_store") for table in [*OF_STORE_AND_PRODUCT, *OF_STORE]],
            *[composite_key_sql(table, "product_id", "catalog_product") for table in OF_STORE_AND_PRODUCT],
            "GRANT USAGE ON SEQUENCE stock_inbox_sequence TO onhand_app;",
            "GRANT USAGE ON SEQUENCE stock_movement_sequence TO onhand_app;",
        ),
        run_sql((SQL / "reference_figures.sql").read_text()),
    ]
