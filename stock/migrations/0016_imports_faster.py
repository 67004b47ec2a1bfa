"""Imports: numbers without regular expressions, one definition of a row's fingerprint, and a roll-up that keeps pace."""

from pathlib import Path

from django.db import migrations

from inventory_project.kernel.rls import run_sql

SQL = Path(__file__).resolve().parent / "sql"

NAMES = ("imports_faster.sql", "unrolled_by_keys.sql", "analyze_written.sql")


class Migration(migrations.Migration):
    dependencies = [("stock", "0015_purchase_orders")]

    operations = [run_sql(*((SQL / name).read_text() for name in NAMES))]
