"""A run of what an import changed is poured into the run that is shown: its figures change the run they belong to."""

from django.db import migrations

from inventory_project.kernel.rls import grant_sql, run_sql


class Migration(migrations.Migration):
    dependencies = [("forecasting", "0006_override_outcomes")]

    operations = [
        run_sql(
            grant_sql("forecasting_forecast", "UPDATE (run_id)"),
            grant_sql("forecasting_groupforecast", "UPDATE (run_id)"),
        ),
    ]
