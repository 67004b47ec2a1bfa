"""The restock report among the mailed lists; a time for all stores of an organisation; tries whose worker died."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import run_sql, tenant_table_sql


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_purchase_tolerance"),
        ("stock", "0020_watched_balances"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailingSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("low_stock", "Low and out of stock"), ("restock", "Restock report")], max_length=20
                    ),
                ),
                ("at", models.TimeField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None),
                ),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="storemailing",
            name="mailing_kind_known",
        ),
        migrations.AlterField(
            model_name="storemailing",
            name="kind",
            field=models.CharField(
                choices=[("low_stock", "Low and out of stock"), ("restock", "Restock report")],
                default="low_stock",
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="mailingrun",
            index=models.Index(
                condition=models.Q(("state", "sending")), fields=["started_at"], name="mailing_run_sending"
            ),
        ),
        migrations.AddConstraint(
            model_name="storemailing",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["low_stock", "restock"])), name="mailing_kind_known"
            ),
        ),
        migrations.AddField(
            model_name="mailingschedule",
            name="organization",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organization",
            ),
        ),
        migrations.AddConstraint(
            model_name="mailingschedule",
            constraint=models.UniqueConstraint(fields=("organization", "kind"), name="mailing_schedule_once_per_kind"),
        ),
        migrations.AddConstraint(
            model_name="mailingschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["low_stock", "restock"])), name="mailing_schedule_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailingschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6]), ("weekdays__len__gte", 1)),
                name="mailing_schedule_weekdays_known",
            ),
        ),
        run_sql(tenant_table_sql("stock_mailingschedule")),
    ]
