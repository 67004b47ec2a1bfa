"""Daily sales per store and product: what forecasting reads."""

from __future__ import annotations

from django.db import models

from stock.models import fields
from stock.models.base import OfStoreAndProduct


class DailySales(OfStoreAndProduct):
    """Units and money sold of one product in one store on one business day.

    `units` and `revenue` come from the ledger (returns subtract); `history_units` was loaded from a history file and
    never was stock. Demand on the day is their sum.
    """

    pk = models.CompositePrimaryKey("organization_id", "store_id", "product_id", "date")
    date = models.DateField()
    units = fields.quantity(default=0)
    revenue = fields.total(default=0)
    history_units = fields.quantity(default=0)
