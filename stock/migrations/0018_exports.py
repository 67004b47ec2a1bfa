"""Exports: lists that are made into files in the background."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import run_sql, tenant_table_sql


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_reservation_rules"),
        ("stock", "0017_sales_newest_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("expired", "Expired"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("path", models.CharField(max_length=300)),
                ("query", models.CharField(blank=True, max_length=2000)),
                (
                    "format",
                    models.CharField(choices=[("csv", "Csv"), ("xlsx", "Xlsx"), ("json", "Json")], max_length=4),
                ),
                ("has_mark", models.BooleanField(default=False)),
                ("area", models.CharField(max_length=20)),
                ("rows", models.BigIntegerField(default=0)),
                ("size", models.BigIntegerField(null=True)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("file_path", models.CharField(blank=True, max_length=300)),
                ("error", models.CharField(blank=True, max_length=500)),
                ("attempts", models.IntegerField(default=0)),
                ("actor_id", models.BigIntegerField()),
                ("actor_label", models.CharField(max_length=150)),
                ("token_id", models.BigIntegerField(null=True)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("role", models.CharField(max_length=10)),
                (
                    "store_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), null=True, size=None
                    ),
                ),
                ("sees_costs", models.BooleanField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("began_at", models.DateTimeField(null=True)),
                ("ready_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
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
                    models.Index(fields=["organization", "actor_id", "-id"], name="export_newest_first"),
                    models.Index(
                        condition=models.Q(("status__in", ["running", "waiting"])), fields=["id"], name="export_at_work"
                    ),
                    models.Index(condition=models.Q(("status", "ready")), fields=["expires_at"], name="export_until"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["waiting", "running", "ready", "failed", "expired"])),
                        name="export_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["csv", "xlsx", "json"])), name="export_format_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["staff", "manager", "admin"])), name="export_role_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("rows__gte", 0)), name="export_rows_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            models.Q(
                                ("expires_at__isnull", False),
                                ("ready_at__isnull", False),
                                ("size__isnull", False),
                                models.Q(("file_path", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="export_ready_with_a_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["running", "ready"]), ("file_path", ""), _connector="OR"),
                        name="export_file_while_it_lasts",
                    ),
                ],
            },
        ),
        run_sql(
            tenant_table_sql("stock_exportjob"),
            "ALTER TABLE stock_exportjob ADD CONSTRAINT stock_exportjob_organization "
            "FOREIGN KEY (organization_id) REFERENCES accounts_organization (id) DEFERRABLE INITIALLY IMMEDIATE;",
        ),
    ]
