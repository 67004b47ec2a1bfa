"""Watched balances: two lines each, and the triggers that call whoever keeps them."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import run_sql, tenant_table_sql

SQL = Path(__file__).resolve().parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_alert_rules"),
        ("catalog", "0006_order_up_to"),
        ("stock", "0019_average_cost"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="stock",
            name="watch_above",
            field=models.DecimalField(decimal_places=3, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name="stock",
            name="watch_below",
            field=models.DecimalField(decimal_places=3, max_digits=14, null=True),
        ),
        migrations.CreateModel(
            name="BalanceCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("store_id", models.BigIntegerField()),
                ("product_id", models.BigIntegerField()),
                ("called_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "organization",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "id"], name="balance_call_in_order")],
            },
        ),
        run_sql(tenant_table_sql("stock_balancecall"), (SQL / "watched_balances.sql").read_text()),
    ]
