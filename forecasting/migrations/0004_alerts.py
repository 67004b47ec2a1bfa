"""Alerts, what the policies came to, and where each organisation's look at all of its balances stands."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql

TABLES = ("forecasting_alert", "forecasting_restocklevel", "forecasting_alertreview")
COMPOSITE_KEYS = [
    (table, column, target, "CASCADE")
    for table in ("forecasting_alert", "forecasting_restocklevel")
    for column, target in (("store_id", "stores_store"), ("product_id", "catalog_product"))
]
# What is there already is looked at once, without waiting for the night. Behind nobody's walls.
FIRST_REVIEW = """
    ALTER TABLE accounts_organization NO FORCE ROW LEVEL SECURITY;
    INSERT INTO forecasting_alertreview (organization_id, wanted_at, last_store, last_product)
    SELECT id, now(), 0, 0 FROM accounts_organization;
    ALTER TABLE accounts_organization FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_alert_rules"),
        ("catalog", "0006_order_up_to"),
        ("forecasting", "0003_restock"),
        ("stock", "0020_watched_balances"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="RestockLevel",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "store_id",
                        "product_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reorder_point", models.FloatField()),
                ("order_up_to", models.FloatField()),
                ("fixed", models.FloatField(null=True)),
                ("lead_days", models.PositiveSmallIntegerField()),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.product",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
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
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("out_of_stock", "Out of stock"),
                            ("at_risk", "Less than the forecast"),
                            ("below_reorder_point", "At or below the reorder point"),
                            ("predicted_stockout", "Runs out before the next delivery"),
                            ("overstock", "Overstock"),
                            ("dead_stock", "Dead stock"),
                        ],
                        max_length=20,
                    ),
                ),
                ("severity", models.PositiveSmallIntegerField(choices=[(1, "Critical"), (2, "High"), (3, "Medium")])),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("acknowledged", "Acknowledged"),
                            ("snoozed", "Snoozed"),
                            ("resolved", "Resolved"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("available", models.DecimalField(decimal_places=3, max_digits=14)),
                ("position", models.DecimalField(decimal_places=3, max_digits=14)),
                ("units_1", models.FloatField(null=True)),
                ("units_7", models.FloatField(null=True)),
                ("units_30", models.FloatField(null=True)),
                ("reorder_point", models.FloatField(null=True)),
                ("order_up_to", models.FloatField(null=True)),
                ("coming", models.DecimalField(decimal_places=3, max_digits=14)),
                ("expected_on", models.DateField(null=True)),
                ("delivery_days", models.PositiveSmallIntegerField()),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("order_now", models.BooleanField()),
                ("units_at_risk", models.FloatField()),
                ("money_at_risk", models.FloatField()),
                ("at_opening", models.JSONField()),
                ("opened_at", models.DateTimeField()),
                ("looked_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("snoozed_until", models.DateTimeField(null=True)),
                ("assignee_id", models.BigIntegerField(null=True)),
                ("assignee", models.CharField(blank=True, default="", max_length=150)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("decided_by_id", models.BigIntegerField(null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=150)),
                ("decided_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "product",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.product",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stores.store",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["organization", "severity", "-money_at_risk", "-id"],
                        name="alert_most_urgent",
                    ),
                    models.Index(fields=["organization", "-opened_at", "-id"], name="alert_newest_first"),
                    models.Index(fields=["organization", "store", "product", "-id"], name="alert_of_series"),
                    models.Index(
                        condition=models.Q(("status", "snoozed")), fields=["snoozed_until"], name="alert_to_wake"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("organization", "store", "product", "kind"),
                        name="alert_once_while_it_lasts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "out_of_stock",
                                    "at_risk",
                                    "below_reorder_point",
                                    "predicted_stockout",
                                    "overstock",
                                    "dead_stock",
                                ],
                            )
                        ),
                        name="alert_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", [1, 2, 3])), name="alert_severity_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "acknowledged", "snoozed", "resolved"])),
                        name="alert_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("snoozed_until__isnull", False), ("status", "snoozed")),
                            models.Q(models.Q(("status", "snoozed"), _negated=True), ("snoozed_until", None)),
                            _connector="OR",
                        ),
                        name="alert_snoozed_until_agrees",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None),
                            models.Q(("closed_at__gte", models.F("opened_at")), ("status", "resolved")),
                            _connector="OR",
                        ),
                        name="alert_closed_is_resolved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("assignee", ""), ("assignee_id", None)),
                            models.Q(("assignee_id__isnull", False), models.Q(("assignee", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="alert_assignee_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wanted_at", models.DateTimeField(null=True)),
                ("last_store", models.BigIntegerField(default=0)),
                ("last_product", models.BigIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("wanted_at__isnull", False)),
                        fields=["wanted_at"],
                        name="alert_review_wanted",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("organization",), name="alert_review_once")],
            },
        ),
        run_sql(
            FIRST_REVIEW,
            *[tenant_table_sql(table) for table in TABLES],
            unique_with_organization_sql("forecasting_alert"),
            *[composite_key_sql(*key) for key in COMPOSITE_KEYS],
        ),
    ]
