"""Days sold in the order in which they are listed: newest first, then by store and product.

A page of a large chain's newest days sorted all its rows of a week. The index takes the place of the one by date alone.
"""

from django.db import migrations

NEW = "ON stock_dailysales (organization_id, date DESC, store_id, product_id)"
OLD = "ON stock_dailysales (organization_id, date)"


class Migration(migrations.Migration):
    # Built beside the writers, which cannot be done inside a transaction.
    atomic = False
    dependencies = [("stock", "0016_imports_faster")]

    operations = [
        # What an attempt that was cut short left behind.
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS daily_sales_newest_first", migrations.RunSQL.noop),
        migrations.RunSQL(
            f"CREATE INDEX CONCURRENTLY daily_sales_newest_first {NEW}",
            "DROP INDEX CONCURRENTLY IF EXISTS daily_sales_newest_first",
        ),
        migrations.RunSQL(
            "DROP INDEX CONCURRENTLY IF EXISTS daily_sales_by_date",
            f"CREATE INDEX CONCURRENTLY IF NOT EXISTS daily_sales_by_date {OLD}",
        ),
    ]
