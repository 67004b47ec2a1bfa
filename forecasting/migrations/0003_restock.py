"""Restock policies, proposals and their lines, with their walls."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql

TABLES = ("forecasting_restockpolicy", "forecasting_restockproposal", "forecasting_restockline")
# A product or store that was never used for anything can be deleted although a line mentions it.
COMPOSITE_KEYS = [
    ("forecasting_restockpolicy", "store_id", "stores_store", "CASCADE"),
    ("forecasting_restockpolicy", "product_id", "catalog_product", "CASCADE"),
    ("forecasting_restockpolicy", "category_id", "catalog_category", "CASCADE"),
    ("forecasting_restockproposal", "run_id", "forecasting_forecastrun", "SET NULL (run_id)"),
    ("forecasting_restockline", "proposal_id", "forecasting_restockproposal", "CASCADE"),
    ("forecasting_restockline", "store_id", "stores_store", "CASCADE"),
    ("forecasting_restockline", "product_id", "catalog_product", "CASCADE"),
    ("forecasting_restockline", "from_store_id", "stores_store", "CASCADE"),
    ("forecasting_restockline", "supplier_id", "catalog_supplier", "SET NULL (supplier_id)"),
    ("forecasting_restockline", "policy_id", "forecasting_restockpolicy", "SET NULL (policy_id)"),
    ("forecasting_restockline", "purchase_id", "stock_purchaseorder"),
    ("forecasting_restockline", "transfer_id", "stock_transferorder"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_purchase_tolerance"),
        ("catalog", "0006_order_up_to"),
        ("forecasting", "0002_walls"),
        ("stock", "0015_purchase_orders"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="RestockPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("product", "A product in a store"),
                            ("abc_class", "A class of products by their share of sales"),
                            ("category", "A category"),
                            ("store", "A store"),
                            ("organization", "Everything"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "abc_class",
                    models.CharField(
                        blank=True, choices=[("A", "A"), ("B", "B"), ("C", "C")], default="", max_length=1
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("seed_rule", "A week's forecast times a factor"),
                            ("min_max", "Minimum and maximum"),
                            ("reorder_point", "Reorder point with a service level"),
                            ("quantile", "Quantile of demand"),
                            ("days_of_cover", "Days of cover"),
                        ],
                        default="quantile",
                        max_length=15,
                    ),
                ),
                (
                    "service_level",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("0.95"),
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal("0.999")),
                        ],
                    ),
                ),
                (
                    "review_days",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                    ),
                ),
                (
                    "review_weekday",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(6),
                        ],
                    ),
                ),
                (
                    "cycle_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                    ),
                ),
                (
                    "factor",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1.2"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.1")),
                            django.core.validators.MaxValueValidator(Decimal("10")),
                        ],
                    ),
                ),
                (
                    "least",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=14,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("1000000000")),
                        ],
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=14,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("1000000000")),
                        ],
                    ),
                ),
                (
                    "least_days",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(365),
                        ],
                    ),
                ),
                (
                    "most_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                    ),
                ),
                (
                    "lead_time_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(365),
                        ],
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.category",
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
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.product",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stores.store",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "restock policies",
            },
        ),
        migrations.CreateModel(
            name="RestockProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "trigger",
                    models.CharField(choices=[("forecast", "Forecast"), ("on_demand", "On Demand")], max_length=10),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("queued", "Queued"), ("ready", "Ready"), ("failed", "Failed")],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("is_current", models.BooleanField(default=False)),
                ("code_version", models.CharField(max_length=40)),
                ("budget", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("series", models.IntegerField(default=0)),
                ("lines", models.IntegerField(default=0)),
                ("lines_left_out", models.IntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(blank=True, default="", max_length=150)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="forecasting.forecastrun",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RestockLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(choices=[("buy", "Buy"), ("transfer", "Transfer")], max_length=10)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("seed_rule", "A week's forecast times a factor"),
                            ("min_max", "Minimum and maximum"),
                            ("reorder_point", "Reorder point with a service level"),
                            ("quantile", "Quantile of demand"),
                            ("days_of_cover", "Days of cover"),
                        ],
                        max_length=15,
                    ),
                ),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("wanted", models.FloatField()),
                ("reorder_point", models.FloatField()),
                ("order_up_to", models.FloatField()),
                ("safety_stock", models.FloatField()),
                ("binding", models.SmallIntegerField()),
                ("inputs", models.JSONField()),
                ("rank", models.IntegerField()),
                ("within_budget", models.BooleanField(default=True)),
                ("unit_cost", models.DecimalField(decimal_places=4, max_digits=14)),
                ("margin_at_risk", models.DecimalField(decimal_places=4, max_digits=24)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("dismissed", "Dismissed"),
                            ("snoozed", "Snoozed"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("chosen", models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("accepted", models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ("snoozed_until", models.DateField(null=True)),
                ("decided_by_id", models.BigIntegerField(null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=150)),
                ("decided_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "from_store",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stores.store",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.product",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stock.purchaseorder",
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
                (
                    "supplier",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.supplier",
                    ),
                ),
                (
                    "transfer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stock.transferorder",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forecasting.restockpolicy",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forecasting.restockproposal",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.UniqueConstraint(
                fields=("organization", "scope", "store", "product", "category", "abc_class"),
                name="restock_policy_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("category", None),
                        ("product__isnull", False),
                        ("scope", "product"),
                        ("store__isnull", False),
                        ("abc_class", ""),
                    ),
                    models.Q(
                        ("abc_class__in", ["A", "B", "C"]),
                        ("category", None),
                        ("product", None),
                        ("scope", "abc_class"),
                        ("store", None),
                    ),
                    models.Q(
                        ("abc_class", ""),
                        ("category__isnull", False),
                        ("product", None),
                        ("scope", "category"),
                        ("store", None),
                    ),
                    models.Q(
                        ("abc_class", ""),
                        ("category", None),
                        ("product", None),
                        ("scope", "store"),
                        ("store__isnull", False),
                    ),
                    models.Q(
                        ("abc_class", ""),
                        ("category", None),
                        ("product", None),
                        ("scope", "organization"),
                        ("store", None),
                    ),
                    _connector="OR",
                ),
                name="restock_policy_target_agrees",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["seed_rule", "min_max", "reorder_point", "quantile", "days_of_cover"])
                ),
                name="restock_policy_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("service_level__gte", Decimal("0.5")), ("service_level__lte", Decimal("0.999"))),
                name="restock_policy_service_level_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_days__gte", 1), ("review_days__lte", 28)), name="restock_policy_review_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("review_weekday", None), models.Q(("review_days", 7), ("review_weekday__lte", 6)), _connector="OR"
                ),
                name="restock_policy_weekday_once_a_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("cycle_days__gte", 1), ("cycle_days__lte", 90)), name="restock_policy_cycle_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("factor__gte", Decimal("0.1")), ("factor__lte", 10)),
                name="restock_policy_factor_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("least", None), ("least__gte", 0), _connector="OR"),
                    models.Q(("most", None), ("most__gte", 0), _connector="OR"),
                    models.Q(("least", None), ("most", None), ("most__gte", models.F("least")), _connector="OR"),
                ),
                name="restock_policy_least_below_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("least_days__lte", models.F("most_days")), ("most_days__gte", 1), ("most_days__lte", 365)
                ),
                name="restock_policy_cover_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead_time_days", None), ("lead_time_days__lte", 365), _connector="OR"),
                name="restock_policy_lead_time_sane",
            ),
        ),
        migrations.AddIndex(
            model_name="restockproposal",
            index=models.Index(fields=["organization", "-id"], name="proposal_newest_first"),
        ),
        migrations.AddIndex(
            model_name="restockproposal",
            index=models.Index(condition=models.Q(("status", "queued")), fields=["id"], name="proposal_queued"),
        ),
        migrations.AddConstraint(
            model_name="restockproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("trigger__in", ["forecast", "on_demand"])), name="proposal_trigger_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="restockproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["queued", "ready", "failed"])), name="proposal_status_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="restockproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_current", False), ("status", "ready"), _connector="OR"),
                name="proposal_shown_when_ready",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("status", "queued")),
                    models.Q(models.Q(("status", "queued"), _negated=True), ("finished_at__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_finished_at_agrees",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget", None), ("budget__gte", 0), _connector="OR"),
                name="proposal_budget_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)), fields=("organization",), name="proposal_one_current"
            ),
        ),
        migrations.AddIndex(
            model_name="restockline",
            index=models.Index(fields=["organization", "proposal", "rank"], name="restock_line_by_rank"),
        ),
        migrations.AddIndex(
            model_name="restockline",
            index=models.Index(fields=["organization", "store", "product"], name="restock_line_of_series"),
        ),
        migrations.AddIndex(
            model_name="restockline",
            index=models.Index(
                condition=models.Q(("status", "snoozed")),
                fields=["organization", "snoozed_until"],
                name="restock_line_snoozed",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockline",
            constraint=models.UniqueConstraint(
                fields=("organization", "proposal", "store", "product", "source", "from_store"),
                name="restock_line_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="restockline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_store", None), ("source", "buy"), ("transfer", None)),
                    models.Q(
                        ("from_store__isnull", False),
                        ("purchase", None),
                        ("source", "transfer"),
                        ("supplier", None),
                        models.Q(("from_store", models.F("store")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="restock_line_source_agrees",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["seed_rule", "min_max", "reorder_point", "quantile", "days_of_cover"])
                ),
                name="restock_line_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="restock_line_asks_for_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="restockline",
            constraint=models.CheckConstraint(
                condition=models.Q(("binding__gte", 1), ("binding__lte", 5)), name="restock_line_binding_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="restockline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chosen", None),
                    models.Q(("chosen__gt", 0), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="restock_line_choice_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("snoozed_until__isnull", False), ("status", "snoozed")),
                    models.Q(
                        ("snoozed_until", None),
                        ("status__in", ["proposed", "accepted", "dismissed", "snoozed"]),
                        models.Q(("status", "snoozed"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="restock_line_status_agrees",
            ),
        ),
        migrations.AddConstraint(
            model_name="restockline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted__gt", 0), ("purchase__isnull", False), ("source", "buy"), ("status", "accepted")
                    ),
                    models.Q(
                        ("accepted__gt", 0), ("source", "transfer"), ("status", "accepted"), ("transfer__isnull", False)
                    ),
                    models.Q(
                        models.Q(("status", "accepted"), _negated=True),
                        ("accepted", None),
                        ("purchase", None),
                        ("transfer", None),
                    ),
                    _connector="OR",
                ),
                name="restock_line_accepted_has_its_paper",
            ),
        ),
        run_sql(
            *[tenant_table_sql(table) for table in TABLES],
            *[unique_with_organization_sql(table) for table in TABLES],
            *[composite_key_sql(*key) for key in COMPOSITE_KEYS],
        ),
    ]
