"""The level above which a product's stock is overstock."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_usernames_whatever_case"),
        ("catalog", "0005_sku_is_no_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="product",
            name="order_up_to",
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("order_up_to__gte", 0)), name="product_order_up_to_not_negative"
            ),
        ),
    ]
