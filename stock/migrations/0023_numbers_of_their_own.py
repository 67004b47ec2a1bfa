"""Counts, imports and exports are numbered by organisation, like orders. What there is keeps the number it is known by."""

from django.db import migrations, models

from inventory_project.kernel.rls import run_sql

NUMBERED = {"count": "stockcount", "import": "importjob", "export": "exportjob"}
KINDS = [
    ("order", "Order"),
    ("receipt", "Receipt"),
    ("count", "Count"),
    ("import", "Import"),
    ("export", "Export"),
]


def number_sql(kind: str, table: str) -> str:
    """Movements and the log name a paper by what was its id: that stays its number. Behind nobody's walls."""
    return f"""
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE stock_papernumber NO FORCE ROW LEVEL SECURITY;
    UPDATE {table} SET number = id;
    INSERT INTO stock_papernumber (organization_id, kind, last)
    SELECT organization_id, '{kind}', max(number) FROM {table} GROUP BY organization_id;
    ALTER TABLE stock_papernumber FORCE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    """


class Migration(migrations.Migration):
    dependencies = [("stock", "0022_category_sums")]

    operations = [
        migrations.RenameModel("PurchaseNumber", "PaperNumber"),
        migrations.AlterField("papernumber", "kind", models.CharField(choices=KINDS, max_length=10)),
        *[migrations.AddField(model, "number", models.PositiveIntegerField(null=True)) for model in NUMBERED.values()],
        run_sql(*[number_sql(kind, f"stock_{model}") for kind, model in NUMBERED.items()]),
        *[migrations.AlterField(model, "number", models.PositiveIntegerField()) for model in NUMBERED.values()],
        *[
            migrations.AddConstraint(
                model, models.UniqueConstraint(fields=["organization", "number"], name=f"{kind}_number_once")
            )
            for kind, model in NUMBERED.items()
        ],
    ]
