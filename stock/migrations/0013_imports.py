"""Imports: jobs, what is wrong with their rows, which rows are in, what they changed, and remembered columns."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql

SQL = Path(__file__).resolve().parent / "sql"
WALLED = {
    "stock_importjob": "SELECT, INSERT, UPDATE",
    "stock_importproblem": "SELECT, INSERT, DELETE",
    "stock_importedrow": "SELECT, INSERT, DELETE",
    "stock_importedrecord": "SELECT, INSERT, DELETE",
    "stock_importmapping": "SELECT, INSERT, UPDATE",
}
COMPOSITE_KEYS = [
    ("stock_importjob", "store_id", "stores_store"),
    ("stock_importproblem", "job_id", "stock_importjob"),
    ("stock_importedrecord", "job_id", "stock_importjob"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_usernames_whatever_case"),
        ("stock", "0012_mailings"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id", "fingerprint", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("fingerprint", models.UUIDField()),
                ("job_id", models.BigIntegerField()),
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
            name="ImportJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unified", "Unified"),
                            ("sales", "Sales"),
                            ("products", "Products"),
                            ("inventory", "Inventory"),
                            ("opening", "Opening"),
                            ("suppliers", "Suppliers"),
                            ("history", "History"),
                            ("shopify_inventory", "Shopify Inventory"),
                            ("shopify_products", "Shopify Products"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("validating", "Validating"),
                            ("ready", "Ready"),
                            ("applying", "Applying"),
                            ("applied", "Applied"),
                            ("failed", "Failed"),
                            ("undoing", "Undoing"),
                            ("undone", "Undone"),
                        ],
                        default="uploaded",
                        max_length=10,
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("file_path", models.CharField(blank=True, max_length=300)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("asked", models.JSONField(default=dict)),
                ("found", models.JSONField(default=dict)),
                ("preview", models.JSONField(default=list)),
                ("applies_itself", models.BooleanField(default=False)),
                ("rows", models.IntegerField(default=0)),
                ("succeeded", models.IntegerField(default=0)),
                ("skipped", models.IntegerField(default=0)),
                ("failed", models.IntegerField(default=0)),
                ("notices", models.IntegerField(default=0)),
                ("rows_done", models.IntegerField(default=0)),
                ("rows_to_do", models.IntegerField(default=0)),
                ("began_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(default=dict)),
                ("error", models.CharField(blank=True, max_length=500)),
                (
                    "store_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), null=True, size=None
                    ),
                ),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_label", models.CharField(blank=True, max_length=150)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("key", models.CharField(max_length=255, null=True)),
                ("fingerprint", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ready_at", models.DateTimeField(null=True)),
                ("applying_at", models.DateTimeField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stores.store",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportedRecord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "job_id",
                        "noun",
                        "record_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("noun", models.CharField(max_length=10)),
                ("record_id", models.BigIntegerField()),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(default=dict)),
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
                    "job",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stock.importjob",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id", "signature", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signature", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unified", "Unified"),
                            ("sales", "Sales"),
                            ("products", "Products"),
                            ("inventory", "Inventory"),
                            ("opening", "Opening"),
                            ("suppliers", "Suppliers"),
                            ("history", "History"),
                            ("shopify_inventory", "Shopify Inventory"),
                            ("shopify_products", "Shopify Products"),
                        ],
                        max_length=20,
                    ),
                ),
                ("mapping", models.JSONField(default=dict)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.BigIntegerField()),
                ("column", models.CharField(max_length=40)),
                ("value", models.CharField(blank=True, max_length=100)),
                ("reason", models.CharField(max_length=300)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("failed", "Failed"), ("skipped", "Skipped"), ("notice", "Notice")], max_length=10
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stock.importjob",
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
        ),
        migrations.AddIndex(
            model_name="importjob",
            index=models.Index(fields=["organization", "-id"], name="import_newest_first"),
        ),
        migrations.AddIndex(
            model_name="importjob",
            index=models.Index(
                condition=models.Q(("status__in", ["uploaded", "validating", "applying", "undoing"])),
                fields=["id"],
                name="import_at_work",
            ),
        ),
        migrations.AddConstraint(
            model_name="importjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["uploaded", "validating", "ready", "applying", "applied", "failed", "undoing", "undone"],
                    )
                ),
                name="import_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "",
                            "unified",
                            "sales",
                            "products",
                            "inventory",
                            "opening",
                            "suppliers",
                            "history",
                            "shopify_inventory",
                            "shopify_products",
                        ],
                    )
                ),
                name="import_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "applied"), _negated=True), ("applied_at__isnull", False), _connector="OR"
                ),
                name="import_applied_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="importjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("failed__gte", 0),
                    ("notices__gte", 0),
                    ("rows__gte", 0),
                    ("skipped__gte", 0),
                    ("succeeded__gte", 0),
                ),
                name="import_counts_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="importjob",
            constraint=models.UniqueConstraint(fields=("organization", "key"), name="import_once_per_key"),
        ),
        migrations.AddIndex(
            model_name="importproblem",
            index=models.Index(fields=["organization", "job", "line", "id"], name="import_problem_by_line"),
        ),
        migrations.AddConstraint(
            model_name="importproblem",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["failed", "skipped", "notice"])), name="import_outcome_known"
            ),
        ),
        run_sql(
            (SQL / "imports.sql").read_text(),
            *[tenant_table_sql(table, privileges=privileges) for table, privileges in WALLED.items()],
            unique_with_organization_sql("stock_importjob"),
            *[composite_key_sql(*key) for key in COMPOSITE_KEYS],
        ),
    ]
