"""The ledger's two clocks: what each balance was when a business day was over, and how far the books are closed."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from stock.models import fields
from stock.models.base import LedgerModel, OfStore, OfStoreAndProduct


class SnapshotDay(OfStore):
    """A business day of one store whose closing balances were kept, and exactly which movements are in them:

    those with effective_at < `ends_at`, recorded_at < `known_at` and a sequence of at most `sequence`. All three only
    grow from day to day of a store, so a movement is in all days from its first one on.
    """

    pk = models.CompositePrimaryKey("organization_id", "store_id", "date")
    date = models.DateField()
    ends_at = models.DateTimeField()
    known_at = models.DateTimeField()
    sequence = models.BigIntegerField()
    taken_at = models.DateTimeField(db_default=Now())


class StockSnapshot(OfStoreAndProduct):
    """What was on hand of one product in one store at the end of a business day; no row where it changed nothing."""

    pk = models.CompositePrimaryKey("organization_id", "store_id", "product_id", "date")
    date = models.DateField()
    on_hand = fields.total()


class PeriodClosing(LedgerModel):
    """A decision about the books: closed through this business day of every store, null: open. The last one counts."""

    closed_through = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["organization", "-id"], name="period_closing_latest")]

    def __str__(self) -> str:
        return f"closed through {self.closed_through}" if self.closed_through else "open"
