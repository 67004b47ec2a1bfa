"""Sales analytics: what daily sales cost and how many they were, and sums of sums behind the ledger."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql

SQL = Path(__file__).resolve().parent / "sql"

WALLED = {
    "stock_salesrollup": "SELECT, INSERT, UPDATE",
    "stock_salesstore": "SELECT, INSERT, DELETE",
    "stock_salestotal": "SELECT, INSERT, UPDATE, DELETE",
    "stock_productsalestotal": "SELECT, INSERT, UPDATE, DELETE",
    "stock_salesoverlap": "SELECT, INSERT, DELETE",
    "stock_movementquarter": "SELECT, INSERT, UPDATE, DELETE",
}
COMPOSITE_KEYS = [
    ("stock_salesstore", "store_id", "stores_store", "CASCADE"),
    ("stock_productsalestotal", "product_id", "catalog_product", "CASCADE"),
    ("stock_salesoverlap", "store_id", "stores_store", "CASCADE"),
    ("stock_salesoverlap", "product_id", "catalog_product", "CASCADE"),
    ("stock_movementquarter", "product_id", "catalog_product", "CASCADE"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_usernames_whatever_case"),
        ("audit", "0006_feed_lines"),
        ("catalog", "0006_order_up_to"),
        ("stock", "0013_imports"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="dailysales",
            name="cost",
            field=models.DecimalField(db_default=0, decimal_places=7, default=0, max_digits=24),
        ),
        migrations.AddField(
            model_name="dailysales",
            name="costed_revenue",
            field=models.DecimalField(db_default=0, decimal_places=7, default=0, max_digits=24),
        ),
        migrations.AddField(
            model_name="dailysales",
            name="transactions",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="ledgerverification",
            name="rollup_drift",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="dailysales",
            name="revenue",
            field=models.DecimalField(decimal_places=7, default=0, max_digits=24),
        ),
        migrations.AlterField(
            model_name="storeday",
            name="revenue",
            field=models.DecimalField(decimal_places=7, default=0, max_digits=24),
        ),
        migrations.AlterField(
            model_name="storekpi",
            name="cost_value",
            field=models.DecimalField(decimal_places=7, default=0, max_digits=24),
        ),
        migrations.AlterField(
            model_name="storekpi",
            name="retail_value",
            field=models.DecimalField(decimal_places=7, default=0, max_digits=24),
        ),
        migrations.CreateModel(
            name="MovementQuarter",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "starts_at",
                        "product_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("units_in", models.DecimalField(decimal_places=4, default=0, max_digits=24)),
                ("units_out", models.DecimalField(decimal_places=4, default=0, max_digits=24)),
                ("movements", models.BigIntegerField(default=0)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SalesOverlap",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "store_id",
                        "product_id",
                        "date",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("date", models.DateField()),
                ("units", models.DecimalField(decimal_places=3, max_digits=14)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SalesStore",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id", "store_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=100)),
                ("currency", models.CharField(max_length=3)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProductSalesTotal",
            fields=[
                ("scope", models.CharField(max_length=120)),
                ("span", models.CharField(max_length=1)),
                ("date", models.DateField()),
                ("units", models.DecimalField(decimal_places=4, default=0, max_digits=24)),
                ("revenue", models.DecimalField(decimal_places=7, default=0, max_digits=24)),
                ("cost", models.DecimalField(decimal_places=7, default=0, max_digits=24)),
                ("costed_revenue", models.DecimalField(decimal_places=7, default=0, max_digits=24)),
                ("transactions", models.BigIntegerField(default=0)),
                ("history_units", models.DecimalField(decimal_places=4, default=0, max_digits=24)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "scope",
                        "span",
                        "date",
                        "product_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("span__in", ["D", "M"])), name="product_sales_span_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SalesRollup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("snapshot", models.TextField(blank=True, default="")),
                ("line", models.BigIntegerField(default=0)),
                ("stale", models.BooleanField(default=True)),
                ("rolled_at", models.DateTimeField(null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("organization",), name="sales_rollup_once")],
            },
        ),
        migrations.CreateModel(
            name="SalesTotal",
            fields=[
                ("scope", models.CharField(max_length=120)),
                ("span", models.CharField(max_length=1)),
                ("date", models.DateField()),
                ("units", models.DecimalField(decimal_places=4, default=0, max_digits=24)),
                ("revenue", models.DecimalField(decimal_places=7, default=0, max_digits=24)),
                ("cost", models.DecimalField(decimal_places=7, default=0, max_digits=24)),
                ("costed_revenue", models.DecimalField(decimal_places=7, default=0, max_digits=24)),
                ("transactions", models.BigIntegerField(default=0)),
                ("history_units", models.DecimalField(decimal_places=4, default=0, max_digits=24)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "scope",
                        "span",
                        "date",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
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
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("span__in", ["D", "M"])), name="sales_total_span_known")
                ],
            },
        ),
        run_sql((SQL / "sales_rollups.sql").read_text()),
        run_sql(
            *[tenant_table_sql(table, privileges=privileges) for table, privileges in WALLED.items()],
            *[composite_key_sql(*key) for key in COMPOSITE_KEYS],
        ),
    ]
