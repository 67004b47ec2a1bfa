"""Webhooks: endpoints with their place in the log, and what was sent to them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0007_purchase_tolerance"),
    ]

    operations = [
        migrations.CreateModel(
            name="WebhookEndpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=500)),
                ("description", models.CharField(blank=True, max_length=200)),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), size=None),
                ),
                (
                    "stores",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, null=True, size=None
                    ),
                ),
                ("includes_costs", models.BooleanField(default=False)),
                ("batch_size", models.PositiveSmallIntegerField(default=100)),
                ("is_active", models.BooleanField(default=True)),
                ("secret_seed", models.CharField(max_length=80)),
                ("previous_seed", models.CharField(blank=True, max_length=80)),
                ("previous_until", models.DateTimeField(blank=True, null=True)),
                ("cursor_xid", models.BigIntegerField()),
                ("cursor_sequence", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("ok", "Ok"), ("retrying", "Retrying"), ("paused", "Paused")],
                        default="ok",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("last_delivered_at", models.DateTimeField(blank=True, null=True)),
                ("tell_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("events", "Events"), ("replay", "Replay"), ("ping", "Ping")],
                        default="events",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("delivered", "Delivered"),
                            ("failed", "Failed"),
                            ("dead", "Dead"),
                            ("replaced", "Replaced"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("after", models.CharField(blank=True, max_length=40)),
                ("until", models.CharField(blank=True, max_length=40)),
                ("events", models.PositiveSmallIntegerField(default=0)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("response_status", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("duration_ms", models.PositiveIntegerField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=1000)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("attempted_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organization",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="webhooks.webhookendpoint",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["ok", "retrying", "paused"])), name="webhook_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("batch_size__gte", 1), ("batch_size__lte", 100)), name="webhook_batch_size_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("url__startswith", "https://"), ("url__startswith", "http://"), _connector="OR"),
                name="webhook_url_is_http",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("types", []), _negated=True), name="webhook_types_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "retrying"), _negated=True),
                    models.Q(("failing_since__isnull", False), ("next_attempt_at__isnull", False)),
                    _connector="OR",
                ),
                name="webhook_retrying_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "paused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="webhook_paused_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookendpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("previous_seed", ""), ("previous_until__isnull", True)),
                    models.Q(models.Q(("previous_seed", ""), _negated=True), ("previous_until__isnull", False)),
                    _connector="OR",
                ),
                name="webhook_previous_secret_ends",
            ),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["organization", "endpoint", "-id"], name="webhook_delivery_by_endpoint"),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("status", "pending")), fields=["organization", "endpoint"], name="webhook_pending"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["events", "replay", "ping"])), name="webhook_delivery_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["pending", "delivered", "failed", "dead", "replaced"])),
                name="webhook_delivery_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", ""), ("kind", "ping"), ("until", "")),
                    models.Q(
                        models.Q(("kind", "ping"), _negated=True),
                        models.Q(("after", ""), _negated=True),
                        models.Q(("until", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="webhook_delivery_has_a_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("status", "pending")),
                    models.Q(models.Q(("status", "pending"), _negated=True), ("finished_at__isnull", False)),
                    _connector="OR",
                ),
                name="webhook_delivery_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "events"), ("status", "pending")),
                fields=("organization", "endpoint"),
                name="webhook_delivery_one_at_a_time",
            ),
        ),
        run_sql(
            tenant_table_sql("webhooks_webhookendpoint"),
            tenant_table_sql("webhooks_webhookdelivery"),
            unique_with_organization_sql("webhooks_webhookendpoint"),
            composite_key_sql("webhooks_webhookdelivery", "endpoint_id", "webhooks_webhookendpoint", "CASCADE"),
        ),
    ]
