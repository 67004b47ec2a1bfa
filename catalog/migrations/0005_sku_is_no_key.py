"""A new SKU takes the row lock of any other change: its index may not serve a foreign key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_search")]

    operations = [
        migrations.RemoveConstraint(model_name="product", name="product_sku_unique"),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                fields=("organization", "sku_key"), condition=models.Q(sku_key__isnull=False), name="product_sku_unique"
            ),
        ),
    ]
