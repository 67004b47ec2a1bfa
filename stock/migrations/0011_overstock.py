"""Overstock: order-up-to levels, and what lies above them counted in each store's figures."""

from pathlib import Path

from django.db import migrations, models

from inventory_project.kernel.rls import run_sql

SQL = Path(__file__).resolve().parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_usernames_whatever_case"),
        ("catalog", "0006_order_up_to"),
        ("stock", "0010_stock_version"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="stock",
            name="order_up_to",
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name="stock",
            name="order_up_to_override",
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name="storekpi",
            name="over",
            field=models.IntegerField(default=0, db_default=0),
        ),
        migrations.AlterField(
            model_name="stock",
            name="status",
            field=models.CharField(
                choices=[
                    ("in_stock", "In Stock"),
                    ("low", "Low"),
                    ("out", "Out"),
                    ("negative", "Negative"),
                    ("over", "Over"),
                ],
                default="out",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.CheckConstraint(
                condition=models.Q(("reorder_level_override__gte", 0), ("order_up_to_override__gte", 0)),
                name="stock_own_levels_not_negative",
            ),
        ),
        run_sql((SQL / "overstock.sql").read_text()),
    ]
