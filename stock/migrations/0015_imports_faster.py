"""Imports: numbers read without regular expressions, and one definition of a row's fingerprint."""

from pathlib import Path

from django.db import migrations

from inventory_project.kernel.rls import run_sql

SQL = Path(__file__).resolve().parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("stock", "0014_sales_rollups")]

    operations = [run_sql((SQL / "imports_faster.sql").read_text())]
