"""Daily sales per store and product: what forecasting reads."""

from __future__ import annotations

from django.db import models

from stock.models.base import LedgerModel
from stock.models import fields


class DailySales(LedgerModel):
    """Units and money sold of one product in one store on one business day.

    `units` and `revenue` come from the ledger (returns subtract); `history_units` was loaded from a history file and
    never was stock. Demand on the day is their sum.
    """

    pk = models.CompositePrimaryKey("organization_id", "store_id", "product_id", "date")
    store = models.ForeignKey("stores.Store", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    date = models.DateField()
    units = fields.quantity(default=0)
    revenue = fields.total(default=0)
    history_units = fields.quantity(default=0)
