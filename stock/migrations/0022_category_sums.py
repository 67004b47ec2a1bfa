"""Sums of sales by category, and by product and store in months; which category a product's sales were added to."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql

SQL = Path(__file__).resolve().parent / "sql"
WALLED = {
    "stock_salesproduct": "SELECT, INSERT, UPDATE, DELETE",
    "stock_categorysalestotal": "SELECT, INSERT, UPDATE, DELETE",
    "stock_seriessalesmonth": "SELECT, INSERT, UPDATE, DELETE",
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_purchase_tolerance"),
        ("catalog", "0006_order_up_to"),
        ("stock", "0021_mailing_schedules"),
    ]

    operations = [
        migrations.CreateModel(
            name="SalesProduct",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id", "product_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("category_id", models.BigIntegerField(default=0)),
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
            name="SeriesSalesMonth",
            fields=[
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
                        "product_id",
                        "store_id",
                        "date",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("product_id", models.BigIntegerField()),
                ("store_id", models.BigIntegerField()),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CategorySalesTotal",
            fields=[
                ("date", models.DateField()),
                ("units", models.DecimalField(decimal_places=4, default=0, max_digits=24)),
                ("revenue", models.DecimalField(decimal_places=7, default=0, max_digits=24)),
                ("cost", models.DecimalField(decimal_places=7, default=0, max_digits=24)),
                ("costed_revenue", models.DecimalField(decimal_places=7, default=0, max_digits=24)),
                ("transactions", models.BigIntegerField(default=0)),
                ("history_units", models.DecimalField(decimal_places=4, default=0, max_digits=24)),
                ("scope", models.CharField(max_length=120)),
                ("span", models.CharField(max_length=1)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "category_id",
                        "scope",
                        "span",
                        "date",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("category_id", models.BigIntegerField()),
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
                    models.CheckConstraint(
                        condition=models.Q(("span__in", ["D", "M"])), name="category_sales_span_known"
                    )
                ],
            },
        ),
        run_sql((SQL / "category_sums.sql").read_text()),
        run_sql(
            *[tenant_table_sql(table, privileges=privileges) for table, privileges in WALLED.items()],
            composite_key_sql("stock_salesproduct", "product_id", "catalog_product", "CASCADE"),
        ),
    ]
