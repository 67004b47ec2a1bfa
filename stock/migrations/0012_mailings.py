"""Lists mailed by store: settings, recipients, and one row for each day's list."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql

WALLED = {
    "stock_storemailing": "SELECT, INSERT, UPDATE",
    "stock_mailingrecipient": "SELECT, INSERT, DELETE",
    "stock_mailingrun": "SELECT, INSERT, UPDATE",
}
COMPOSITE_KEYS = [
    ("stock_storemailing", "store_id", "stores_store"),
    ("stock_mailingrecipient", "mailing_id", "stock_storemailing"),
    ("stock_mailingrecipient", "membership_id", "accounts_membership", "CASCADE"),
    ("stock_mailingrun", "mailing_id", "stock_storemailing"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_usernames_whatever_case"),
        ("stock", "0011_overstock"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoreMailing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("low_stock", "Low and out of stock")], default="low_stock", max_length=20
                    ),
                ),
                ("is_on", models.BooleanField(default=False)),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=7, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
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
            ],
        ),
        migrations.CreateModel(
            name="MailingRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_date", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("sending", "Sending"), ("sent", "Sent"), ("empty", "Empty"), ("failed", "Failed")],
                        default="sending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=1)),
                ("started_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
                (
                    "addresses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.EmailField(max_length=254), blank=True, default=list, size=None
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=300)),
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
                    "mailing",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to="stock.storemailing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MailingRecipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("added_by", models.CharField(blank=True, max_length=150)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
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
                    "mailing",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="stock.storemailing",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="storemailing",
            constraint=models.UniqueConstraint(
                fields=("organization", "store", "kind"), name="mailing_once_per_store_and_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="storemailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["low_stock"])), name="mailing_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="storemailing",
            constraint=models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="mailing_hour_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="mailingrun",
            constraint=models.UniqueConstraint(
                fields=("organization", "mailing", "due_date"), name="mailing_run_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["sending", "sent", "empty", "failed"])),
                name="mailing_run_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="mailingrecipient",
            index=models.Index(fields=["organization", "membership"], name="mailing_recipient_by_member"),
        ),
        migrations.AddConstraint(
            model_name="mailingrecipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email", ""), ("membership__isnull", False)),
                    models.Q(("membership__isnull", True), models.Q(("email", ""), _negated=True)),
                    _connector="OR",
                ),
                name="mailing_recipient_member_or_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailingrecipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("membership__isnull", False)),
                fields=("organization", "mailing", "membership"),
                name="mailing_recipient_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailingrecipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("email", ""), _negated=True),
                fields=("organization", "mailing", "email"),
                name="mailing_recipient_address_once",
            ),
        ),
        run_sql(
            *[tenant_table_sql(table, privileges=privileges) for table, privileges in WALLED.items()],
            unique_with_organization_sql("stock_storemailing"),
            *[composite_key_sql(*key) for key in COMPOSITE_KEYS],
        ),
    ]
