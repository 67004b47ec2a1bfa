"""One movement into its lane in one round trip."""

from pathlib import Path

from django.db import migrations

from inventory_project.kernel.rls import run_sql

SQL = Path(__file__).resolve().parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("stock", "0004_stock_counts")]

    operations = [run_sql((SQL / "accept.sql").read_text())]
