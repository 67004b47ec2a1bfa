"""Orders to suppliers and goods receipts: their tables and walls, the table of steps, what is verified."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql

SQL = Path(__file__).resolve().parent / "sql"

WALLED = {
    "stock_purchaseorder": "SELECT, INSERT, UPDATE",
    "stock_purchaseline": "SELECT, INSERT, UPDATE, DELETE",
    "stock_purchaseletter": "SELECT, INSERT, UPDATE",
    "stock_purchasenumber": "SELECT, INSERT, UPDATE",
    "stock_goodsreceipt": "SELECT, INSERT, UPDATE",
    "stock_goodsreceiptline": "SELECT, INSERT, UPDATE",
}
COMPOSITE_KEYS = [
    ("stock_purchaseorder", "store_id", "stores_store"),
    ("stock_purchaseorder", "supplier_id", "catalog_supplier"),
    ("stock_purchaseline", "order_id", "stock_purchaseorder"),
    ("stock_purchaseline", "product_id", "catalog_product"),
    ("stock_purchaseletter", "order_id", "stock_purchaseorder"),
    ("stock_goodsreceipt", "order_id", "stock_purchaseorder"),
    ("stock_goodsreceiptline", "receipt_id", "stock_goodsreceipt"),
    ("stock_goodsreceiptline", "line_id", "stock_purchaseline"),
    ("stock_goodsreceiptline", "store_id", "stores_store"),
    ("stock_goodsreceiptline", "product_id", "catalog_product"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_purchase_tolerance"),
        ("catalog", "0006_order_up_to"),
        ("stock", "0014_sales_rollups"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="ledgerverification",
            name="receipt_drift",
            field=models.BigIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="PurchaseNumber",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id", "kind", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(choices=[("order", "Order"), ("receipt", "Receipt")], max_length=10)),
                ("last", models.PositiveIntegerField()),
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
            name="PurchaseOrder",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent"),
                            ("partially_received", "Partially Received"),
                            ("received", "Received"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("expected_on", models.DateField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, default="", max_length=100)),
                ("note", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "source",
                    models.CharField(
                        choices=[("by_hand", "By Hand"), ("proposal", "Proposal")], default="by_hand", max_length=10
                    ),
                ),
                ("proposal", models.CharField(blank=True, default="", max_length=100)),
                ("created_by_id", models.BigIntegerField(null=True)),
                ("created_by", models.CharField(blank=True, default="", max_length=150)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sent_by",
                    models.CharField(
                        blank=True, choices=[("email", "Email"), ("other", "Other")], default="", max_length=10
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, default="", max_length=300)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                (
                    "supplier",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.supplier",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PurchaseLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("ordered", models.DecimalField(decimal_places=3, max_digits=14)),
                ("pack_size", models.DecimalField(decimal_places=3, default=1, max_digits=14)),
                ("unit_cost", models.DecimalField(decimal_places=4, default=0, max_digits=14)),
                ("received", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("over", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("damaged", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("rejected", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("cancelled", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                (
                    "outstanding",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("ordered"), "-", models.F("received")
                            ),
                            "-",
                            models.F("cancelled"),
                        ),
                        output_field=models.DecimalField(decimal_places=3, max_digits=14),
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
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="stock.purchaseorder",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PurchaseLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=300)),
                ("asked_by", models.CharField(blank=True, default="", max_length=150)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
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
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="stock.purchaseorder",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GoodsReceipt",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("delivery_note", models.CharField(blank=True, default="", max_length=100)),
                ("note", models.CharField(blank=True, default="", max_length=1000)),
                ("received_at", models.DateTimeField()),
                ("received_by_id", models.BigIntegerField(null=True)),
                ("received_by", models.CharField(blank=True, default="", max_length=150)),
                ("reversed_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="stock.purchaseorder",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GoodsReceiptLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("damaged", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("rejected", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("unit_cost", models.DecimalField(decimal_places=4, max_digits=14)),
                ("movement_id", models.UUIDField(null=True)),
                ("damaged_movement_id", models.UUIDField(null=True)),
                ("reversed_at", models.DateTimeField(blank=True, null=True)),
                ("reversed_by", models.CharField(blank=True, default="", max_length=150)),
                ("reversal_reason", models.CharField(blank=True, default="", max_length=300)),
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
                    "receipt",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="stock.goodsreceipt",
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
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="stock.purchaseline",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "line", "id"], name="goods_receipt_line_by_line"),
                    models.Index(fields=["organization", "product"], name="goods_receipt_line_by_product"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "receipt", "line"), name="goods_receipt_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("damaged__gte", 0), ("quantity__gte", 0), ("rejected__gte", 0), ("unit_cost__gte", 0)
                        ),
                        name="goods_receipt_line_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity__gt", 0), ("damaged__gt", 0), ("rejected__gt", 0), _connector="OR"
                        ),
                        name="goods_receipt_line_books_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("movement_id", None), ("quantity", 0)),
                                models.Q(("movement_id__isnull", False), ("quantity__gt", 0)),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("damaged", 0), ("damaged_movement_id", None)),
                                models.Q(("damaged__gt", 0), ("damaged_movement_id__isnull", False)),
                                _connector="OR",
                            ),
                        ),
                        name="goods_receipt_line_movements_agree",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="purchaseorder",
            index=models.Index(fields=["organization", "status", "id"], name="purchase_by_status"),
        ),
        migrations.AddIndex(
            model_name="purchaseorder",
            index=models.Index(fields=["organization", "supplier", "id"], name="purchase_by_supplier"),
        ),
        migrations.AddIndex(
            model_name="purchaseorder",
            index=models.Index(
                condition=models.Q(("status__in", ("sent", "partially_received"))),
                fields=["organization", "store"],
                name="purchase_on_order",
            ),
        ),
        migrations.AddIndex(
            model_name="purchaseorder",
            index=models.Index(
                condition=models.Q(("status__in", ("sent", "partially_received"))),
                fields=["organization", "expected_on"],
                name="purchase_expected",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.UniqueConstraint(fields=("organization", "number"), name="purchase_number_once"),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "sent", "partially_received", "received", "closed", "cancelled"])
                ),
                name="purchase_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proposal", ""), ("source", "by_hand")),
                    models.Q(("source", "proposal"), models.Q(("proposal", ""), _negated=True)),
                    _connector="OR",
                ),
                name="purchase_source_agrees",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at", None), ("sent_by", ""), ("status", "draft")),
                    models.Q(
                        ("sent_at__isnull", False),
                        ("sent_by__in", ["email", "other"]),
                        ("status__in", ("sent", "partially_received", "received", "closed")),
                    ),
                    ("status", "cancelled"),
                    _connector="OR",
                ),
                name="purchase_sent_at_agrees",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("status__in", ("closed", "cancelled"))),
                    models.Q(models.Q(("status__in", ("closed", "cancelled")), _negated=True), ("ended_at", None)),
                    _connector="OR",
                ),
                name="purchase_ended_at_agrees",
            ),
        ),
        migrations.AddIndex(
            model_name="purchaseline",
            index=models.Index(fields=["organization", "product"], name="purchase_line_by_product"),
        ),
        migrations.AddConstraint(
            model_name="purchaseline",
            constraint=models.UniqueConstraint(fields=("organization", "order", "product"), name="purchase_line_once"),
        ),
        migrations.AddConstraint(
            model_name="purchaseline",
            constraint=models.CheckConstraint(
                condition=models.Q(("ordered__gt", 0)), name="purchase_line_orders_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseline",
            constraint=models.CheckConstraint(
                condition=models.Q(("pack_size__gt", 0), ("unit_cost__gte", 0)), name="purchase_line_pack_and_cost_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cancelled__gte", 0),
                    ("damaged__gte", 0),
                    ("over__gte", 0),
                    ("received__gte", 0),
                    ("rejected__gte", 0),
                ),
                name="purchase_line_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "ordered__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("received"), "+", models.F("cancelled")
                        ),
                    )
                ),
                name="purchase_line_accounts_for_every_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "damaged__lte",
                        django.db.models.expressions.CombinedExpression(models.F("received"), "+", models.F("over")),
                    )
                ),
                name="purchase_line_damaged_have_arrived",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("over", 0),
                    (
                        "received",
                        django.db.models.expressions.CombinedExpression(
                            models.F("ordered"), "-", models.F("cancelled")
                        ),
                    ),
                    _connector="OR",
                ),
                name="purchase_line_over_comes_last",
            ),
        ),
        migrations.AddIndex(
            model_name="purchaseletter",
            index=models.Index(fields=["organization", "order"], name="purchase_letter_by_order"),
        ),
        migrations.AddIndex(
            model_name="purchaseletter",
            index=models.Index(
                condition=models.Q(("state", "sent"), _negated=True),
                fields=["asked_at"],
                name="purchase_letter_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sending", "sent", "failed"])),
                name="purchase_letter_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("to", ""), _negated=True), name="purchase_letter_goes_somewhere"
            ),
        ),
        migrations.AddIndex(
            model_name="goodsreceipt",
            index=models.Index(fields=["organization", "order", "id"], name="goods_receipt_by_order"),
        ),
        migrations.AddConstraint(
            model_name="goodsreceipt",
            constraint=models.UniqueConstraint(fields=("organization", "number"), name="goods_receipt_number_once"),
        ),
        migrations.AddConstraint(
            model_name="goodsreceipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reversed_at", None), models.Q(("delivery_note", ""), _negated=True)),
                fields=("organization", "order", "delivery_note"),
                name="goods_receipt_delivery_note_once",
            ),
        ),
        run_sql(
            *[tenant_table_sql(table, privileges=privileges) for table, privileges in WALLED.items()],
            unique_with_organization_sql("stock_purchaseorder"),
            unique_with_organization_sql("stock_purchaseline"),
            unique_with_organization_sql("stock_goodsreceipt"),
            *[composite_key_sql(*key) for key in COMPOSITE_KEYS],
            (SQL / "purchase_orders.sql").read_text(),
        ),
    ]
