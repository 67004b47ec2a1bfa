"""How old the forecast of a proposal was, and how many workers began with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forecasting", "0004_alerts"),
    ]

    operations = [
        migrations.AddField(
            model_name="restockproposal",
            name="attempts",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="restockproposal",
            name="forecast_age",
            field=models.SmallIntegerField(null=True),
        ),
    ]
