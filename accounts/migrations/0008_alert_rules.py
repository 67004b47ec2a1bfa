"""What an organisation calls overstock and dead stock."""

from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_purchase_tolerance"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="alert_dead_days",
            field=models.PositiveSmallIntegerField(db_default=90, default=90),
        ),
        migrations.AddField(
            model_name="organization",
            name="alert_overstock_days",
            field=models.PositiveSmallIntegerField(db_default=90, default=90),
        ),
        migrations.AddField(
            model_name="organization",
            name="alert_overstock_factor",
            field=models.DecimalField(
                db_default=Decimal("1.5"), decimal_places=2, default=Decimal("1.5"), max_digits=5
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("alert_dead_days__gte", 1),
                    ("alert_dead_days__lte", 3650),
                    ("alert_overstock_days__gte", 1),
                    ("alert_overstock_days__lte", 3650),
                    ("alert_overstock_factor__gte", 1),
                ),
                name="organization_alert_rules_sane",
            ),
        ),
    ]
