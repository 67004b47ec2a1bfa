"""What stock has cost: moving averages, and revaluations; what is held already begins at its product's cost."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import run_sql, tenant_table_sql

SQL = Path(__file__).resolve().parent / "sql"

WALLED = {
    "stock_averagecost": "SELECT, INSERT, UPDATE, DELETE",
    "stock_revaluation": "SELECT, INSERT",
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_reservation_rules"),
        ("catalog", "0006_order_up_to"),
        ("stock", "0018_exports"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="inboxmovement",
            name="unit_cost",
            field=models.DecimalField(decimal_places=4, max_digits=14, null=True),
        ),
        migrations.AddField(
            model_name="ledgerverification",
            name="value_drift",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="stock",
            name="average_cost",
            field=models.DecimalField(db_default=0, decimal_places=4, default=0, max_digits=14),
        ),
        migrations.AddField(
            model_name="stock",
            name="cost_changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="AverageCost",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "store_id",
                        "product_id",
                        "effective_at",
                        "sequence",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("effective_at", models.DateTimeField()),
                ("sequence", models.BigIntegerField()),
                ("movement_id", models.UUIDField(null=True)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ("unit_cost", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ("average", models.DecimalField(decimal_places=4, max_digits=14)),
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
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.product",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stores.store",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organization", "movement_id"], name="average_cost_by_movement")],
            },
        ),
        migrations.CreateModel(
            name="Revaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("movement_id", models.UUIDField(null=True)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("opening", "Value when average costs began to be kept"),
                            ("cost_known", "The product's cost became known"),
                            ("rounding", "Rounding of the average"),
                            ("shortage", "Units had gone out before they came in"),
                            ("late", "A movement that became known late"),
                            ("reversal", "A movement was taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=7, max_digits=30)),
                ("on_hand", models.DecimalField(decimal_places=3, max_digits=14)),
                ("average_cost", models.DecimalField(decimal_places=4, max_digits=14)),
                ("date", models.DateField()),
                ("booked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                (
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.product",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stores.store",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "store", "product"], name="revaluation_by_balance"),
                    models.Index(fields=["organization", "-id"], name="revaluation_latest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="revaluation_is_an_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause__in", ["opening", "cost_known", "rounding", "shortage", "late", "reversal"])
                        ),
                        name="revaluation_cause_known",
                    ),
                ],
            },
        ),
        run_sql((SQL / "average_cost.sql").read_text()),
        run_sql(*[tenant_table_sql(table, privileges=privileges) for table, privileges in WALLED.items()]),
    ]
