"""Product changes followed by the statement, and partitions made by one caller at a time."""

from pathlib import Path

from django.db import migrations

from inventory_project.kernel.rls import run_sql

SQL = Path(__file__).resolve().parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("stock", "0002_ledger"), ("catalog", "0001_initial")]

    operations = [run_sql((SQL / "follow_products.sql").read_text(), (SQL / "partitions.sql").read_text())]
