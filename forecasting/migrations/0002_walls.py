"""The walls of the forecasting room: each organisation's rows apart, by the database itself."""

from django.db import migrations

from inventory_project.kernel.rls import composite_key_sql, run_sql, tenant_table_sql, unique_with_organization_sql

WALLED = {
    "forecasting_forecastrun": "SELECT, INSERT, UPDATE, DELETE",
    "forecasting_forecastchunk": "SELECT, INSERT, UPDATE, DELETE",
    "forecasting_forecast": "SELECT, INSERT, DELETE",
    "forecasting_groupforecast": "SELECT, INSERT, DELETE",
    "forecasting_forecastpromise": "SELECT, INSERT, UPDATE, DELETE",
    "forecasting_forecastoutcome": "SELECT, INSERT, DELETE",
}
# A product or store that was never used for anything can be deleted although a forecast mentions it.
COMPOSITE_KEYS = [
    ("forecasting_forecastchunk", "run_id", "forecasting_forecastrun", "CASCADE"),
    ("forecasting_forecast", "run_id", "forecasting_forecastrun", "CASCADE"),
    ("forecasting_forecast", "store_id", "stores_store", "CASCADE"),
    ("forecasting_forecast", "product_id", "catalog_product", "CASCADE"),
    ("forecasting_groupforecast", "run_id", "forecasting_forecastrun", "CASCADE"),
    ("forecasting_groupforecast", "store_id", "stores_store", "CASCADE"),
    ("forecasting_groupforecast", "category_id", "catalog_category", "SET NULL (category_id)"),
    ("forecasting_forecastpromise", "store_id", "stores_store", "CASCADE"),
    ("forecasting_forecastoutcome", "store_id", "stores_store", "CASCADE"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_reservation_rules"),
        ("catalog", "0006_order_up_to"),
        ("forecasting", "0001_initial"),
        ("stock", "0014_sales_rollups"),
        ("stores", "0003_business_keys"),
    ]

    operations = [
        run_sql(
            *[tenant_table_sql(table, privileges=privileges) for table, privileges in WALLED.items()],
            unique_with_organization_sql("forecasting_forecastrun"),
            *[composite_key_sql(*key) for key in COMPOSITE_KEYS],
        ),
    ]
