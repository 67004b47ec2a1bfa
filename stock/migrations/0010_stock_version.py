"""A version for what people set on a balance, so that nobody's change is overwritten unseen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stock", "0009_default_partition")]

    operations = [
        migrations.AddField(
            model_name="stock",
            name="version",
            field=models.PositiveIntegerField(db_default=1),
        ),
    ]
