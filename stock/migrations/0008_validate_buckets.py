"""Prove that every movement satisfies the rules that know buckets; nobody has to wait for it."""

from django.db import migrations

from inventory_project.kernel.rls import run_sql

CONSTRAINTS = ("movement_quantity_or_bucket", "movement_kind_known", "movement_sign_follows_kind")


class Migration(migrations.Migration):
    dependencies = [("stock", "0007_reservations")]

    operations = [
        run_sql(*[f"ALTER TABLE stock_stockmovement VALIDATE CONSTRAINT {name};" for name in CONSTRAINTS]),
    ]
