"""What was sold per store, product and day: from the ledger, and from history files. Forecasting reads both."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from stock.models import fields
from stock.models.base import OfStoreAndProduct


class DailySales(OfStoreAndProduct):
    """Units and money sold of one product in one store on one business day, from the ledger; returns subtract."""

    pk = models.CompositePrimaryKey("organization_id", "store_id", "product_id", "date")
    date = models.DateField()
    units = fields.quantity(default=0)
    revenue = fields.amount(default=0)
    # What the units sold had cost, and the revenue of those whose cost was known (above zero) when they were sold.
    cost = fields.amount(default=0, db_default=0)
    costed_revenue = fields.amount(default=0, db_default=0)
    # Sales less the reversed ones; a return is no sale.
    transactions = models.IntegerField(default=0, db_default=0)


class SalesHistory(OfStoreAndProduct):
    """Units sold a day before the ledger began, as a history file told: one row per series and calendar year.

    `units[i]` belongs to `first_day + i`; NaN is a day the file does not mention. It never was stock. On a day of
    which the ledger knows a sale of the series, the ledger counts and not the file (docs/adr/0015). Years as arrays:
    a row a day took ten times the room and the load.
    """

    pk = models.CompositePrimaryKey("organization_id", "store_id", "product_id", "year")
    year = models.SmallIntegerField()
    first_day = models.DateField()
    units = ArrayField(models.FloatField())

    class Meta:
        verbose_name_plural = "sales histories"
