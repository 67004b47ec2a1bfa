"""Stock counts: sessions, lines, entries, and the movements posted for them."""

from decimal import Decimal

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql

WALLED = {
    "stock_stockcount": "SELECT, INSERT, UPDATE",
    "stock_stockcountline": "SELECT, INSERT, UPDATE",
    "stock_stockcountentry": "SELECT, INSERT, UPDATE",
    "stock_stockcountadjustment": "SELECT, INSERT",
    "stock_stockcountkey": "SELECT, INSERT",
}
COMPOSITE_KEYS = [
    ("stock_stockcount", "store_id", "stores_store"),
    ("stock_stockcountline", "store_id", "stores_store"),
    ("stock_stockcountline", "product_id", "catalog_product"),
    ("stock_stockcountline", "count_id", "stock_stockcount"),
    ("stock_stockcountentry", "count_id", "stock_stockcount"),
    ("stock_stockcountentry", "line_id", "stock_stockcountline"),
    ("stock_stockcountadjustment", "count_id", "stock_stockcount"),
    ("stock_stockcountadjustment", "line_id", "stock_stockcountline"),
    ("stock_stockcountkey", "count_id", "stock_stockcount"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_lookups"),
        ("catalog", "0005_sku_is_no_key"),
        ("stock", "0003_transfer_orders"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="StockCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("full", "Full"), ("cycle", "Cycle"), ("spot", "Spot")], max_length=10),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("counting", "Counting"),
                            ("counted", "Counted"),
                            ("recount", "Recount"),
                            ("posted", "Posted"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                ("blind", models.BooleanField(default=True)),
                ("tolerance_units", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("tolerance_percent", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=5)),
                ("planned_for", models.DateField(blank=True, null=True)),
                ("planned_by", models.CharField(blank=True, max_length=150)),
                ("posted_by", models.CharField(blank=True, max_length=150)),
                ("uncounted_as_zero", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("started_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("posted_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("last_counted_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
        ),
        migrations.CreateModel(
            name="StockCountKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=255)),
                ("fingerprint", models.BigIntegerField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "count",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stock.stockcount",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StockCountLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.SmallIntegerField(default=1)),
                ("recounting", models.BooleanField(default=False)),
                ("added", models.BooleanField(default=False)),
                ("counted", models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ("counted_at", models.DateTimeField(null=True)),
                ("moved", models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ("book", models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ("variance", models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ("unit_cost", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                (
                    "count",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="stock.stockcount",
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
        ),
        migrations.CreateModel(
            name="StockCountEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.SmallIntegerField()),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("place", models.CharField(blank=True, max_length=100)),
                ("counted_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("counter_id", models.BigIntegerField(null=True)),
                ("counter", models.CharField(blank=True, max_length=150)),
                ("key", models.CharField(max_length=265)),
                ("fingerprint", models.BigIntegerField()),
                ("voided_at", models.DateTimeField(null=True)),
                ("voided_by", models.CharField(blank=True, max_length=150)),
                (
                    "count",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stock.stockcount",
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
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stock.stockcountline",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StockCountAdjustment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id", "movement_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("movement_id", models.UUIDField()),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("late", models.BooleanField()),
                ("posted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "count",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.stockcount",
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
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stock.stockcountline",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="stockcount",
            index=models.Index(fields=["organization", "store", "-id"], name="count_by_store"),
        ),
        migrations.AddIndex(
            model_name="stockcount",
            index=models.Index(
                condition=models.Q(("state", "posted")),
                fields=["organization", "store", "posted_at"],
                name="count_by_posting",
            ),
        ),
        migrations.AddIndex(
            model_name="stockcount",
            index=models.Index(
                condition=models.Q(("state", "posted")), fields=["posted_at"], name="count_lately_posted"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["full", "cycle", "spot"])), name="count_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "counting", "counted", "recount", "posted", "cancelled"])),
                name="count_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("posted_at__isnull", False), ("state", "posted")),
                    models.Q(models.Q(("state", "posted"), _negated=True), ("posted_at__isnull", True)),
                    _connector="OR",
                ),
                name="count_posted_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tolerance_percent__gte", 0), ("tolerance_percent__lte", 100), ("tolerance_units__gte", 0)
                ),
                name="count_tolerance_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "full"), ("state__in", ["planned", "counting", "counted", "recount"])),
                fields=("organization", "store"),
                name="count_one_full_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="stockcountline",
            index=models.Index(
                condition=models.Q(("counted_at__isnull", False)),
                fields=["organization", "store", "product", "counted_at"],
                name="count_line_posted",
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcountline",
            constraint=models.UniqueConstraint(
                fields=("organization", "count", "product"), name="count_line_once_per_product"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcountline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counted__isnull", True), ("counted_at__isnull", True)),
                    models.Q(("counted__gte", 0), ("counted_at__isnull", False)),
                    _connector="OR",
                ),
                name="count_line_counted_at_a_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="stockcountentry",
            index=models.Index(fields=["organization", "line", "round"], name="count_entry_by_line"),
        ),
        migrations.AddIndex(
            model_name="stockcountentry",
            index=models.Index(fields=["organization", "count", "id"], name="count_entry_by_count"),
        ),
        migrations.AddConstraint(
            model_name="stockcountentry",
            constraint=models.UniqueConstraint(
                fields=("organization", "count", "key"), name="count_entry_once_per_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="stockcountentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 0)), name="count_entry_not_negative"
            ),
        ),
        migrations.AddIndex(
            model_name="stockcountadjustment",
            index=models.Index(fields=["organization", "line"], name="count_adjustment_by_line"),
        ),
        migrations.AddIndex(
            model_name="stockcountadjustment",
            index=models.Index(fields=["organization", "count"], name="count_adjustment_by_count"),
        ),
        run_sql(
            *[tenant_table_sql(table, privileges=privileges) for table, privileges in WALLED.items()],
            *[unique_with_organization_sql(table) for table in ("stock_stockcount", "stock_stockcountline")],
            *[composite_key_sql(*key) for key in COMPOSITE_KEYS],
        ),
    ]
