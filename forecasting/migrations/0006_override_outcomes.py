"""What became of quantities people chose themselves, with its walls."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql

COMPOSITE_KEYS = [
    ("forecasting_overrideoutcome", "line_id", "forecasting_restockline", "CASCADE"),
    ("forecasting_overrideoutcome", "store_id", "stores_store", "CASCADE"),
    ("forecasting_overrideoutcome", "product_id", "catalog_product", "CASCADE"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_purchase_tolerance"),
        ("catalog", "0006_order_up_to"),
        ("forecasting", "0005_proposal_age_and_attempts"),
        ("stock", "0021_mailing_schedules"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="OverrideOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=150)),
                ("reason", models.CharField(max_length=300)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("proposed", models.DecimalField(decimal_places=3, max_digits=14)),
                ("ordered", models.DecimalField(decimal_places=3, max_digits=14)),
                ("supply", models.DecimalField(decimal_places=3, max_digits=16)),
                ("sold", models.DecimalField(decimal_places=3, max_digits=16)),
                ("sold_out_days", models.SmallIntegerField()),
                ("demand", models.DecimalField(decimal_places=3, max_digits=16)),
                ("short_proposed", models.DecimalField(decimal_places=3, max_digits=16)),
                ("short_ordered", models.DecimalField(decimal_places=3, max_digits=16)),
                ("left_proposed", models.DecimalField(decimal_places=3, max_digits=16)),
                ("left_ordered", models.DecimalField(decimal_places=3, max_digits=16)),
                ("unit_margin", models.DecimalField(decimal_places=4, max_digits=14)),
                ("unit_cost", models.DecimalField(decimal_places=4, max_digits=14)),
                ("judged_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name="restockline",
            name="chosen_by",
            field=models.CharField(blank=True, default="", max_length=150),
        ),
        migrations.AddIndex(
            model_name="restockline",
            index=models.Index(
                condition=models.Q(("chosen__isnull", False), ("status", "accepted")),
                fields=["organization", "decided_at"],
                name="restock_line_overridden",
            ),
        ),
        migrations.AddField(
            model_name="overrideoutcome",
            name="line",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="forecasting.restockline",
            ),
        ),
        migrations.AddField(
            model_name="overrideoutcome",
            name="organization",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organization",
            ),
        ),
        migrations.AddField(
            model_name="overrideoutcome",
            name="product",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="catalog.product",
            ),
        ),
        migrations.AddField(
            model_name="overrideoutcome",
            name="store",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="stores.store",
            ),
        ),
        migrations.AddIndex(
            model_name="overrideoutcome",
            index=models.Index(fields=["organization", "-id"], name="override_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="overrideoutcome",
            constraint=models.UniqueConstraint(fields=("organization", "line"), name="override_judged_once"),
        ),
        migrations.AddConstraint(
            model_name="overrideoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("demand__gte", models.F("sold")),
                    ("first_day__lte", models.F("last_day")),
                    ("sold_out_days__gte", 0),
                ),
                name="override_days_and_demand_agree",
            ),
        ),
        migrations.AddConstraint(
            model_name="overrideoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("left_proposed__gte", 0), ("short_proposed", 0)),
                        models.Q(("left_proposed", 0), ("short_proposed__gt", 0)),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("left_ordered__gte", 0), ("short_ordered", 0)),
                        models.Q(("left_ordered", 0), ("short_ordered__gt", 0)),
                        _connector="OR",
                    ),
                ),
                name="override_short_or_left",
            ),
        ),
        run_sql(
            tenant_table_sql("forecasting_overrideoutcome", privileges="SELECT, INSERT, DELETE"),
            unique_with_organization_sql("forecasting_overrideoutcome"),
            *[composite_key_sql(*key) for key in COMPOSITE_KEYS],
        ),
    ]
