"""The published result of recomputing an organisation's ledger."""

from __future__ import annotations

from django.db import models

from stock.models.base import LedgerModel


class LedgerVerification(LedgerModel):
    """One run of `verify_ledger`: every count of differences must be 0."""

    checked_at = models.DateTimeField(auto_now_add=True)
    movements = models.BigIntegerField()
    balances = models.BigIntegerField()
    balance_drift = models.BigIntegerField()
    chain_breaks = models.BigIntegerField()
    kpi_drift = models.BigIntegerField()
    daily_sales_drift = models.BigIntegerField()
    store_day_drift = models.BigIntegerField()
    # Lines of transfers whose units in transit or lost differ from what their movements say.
    transit_drift = models.BigIntegerField(default=0)
    # Closing balances of business days that differ from what the ledger says of them.
    snapshot_drift = models.BigIntegerField(default=0)
    # Balances whose buckets on hold differ from what the movements of the buckets add up to.
    hold_drift = models.BigIntegerField(default=0)
    # Balances whose reserved differs from the open units of their reservations; reservations that contradict their
    # lines, and lines that contradict the movements that fulfilled them.
    reserved_drift = models.BigIntegerField(default=0)
    # Sums of the sales analytics that differ from the daily sales and histories they are made of.
    rollup_drift = models.BigIntegerField(default=0)
    # Lines of purchase orders that differ from their goods receipts, movements that differ from those, and orders
    # whose state contradicts their lines.
    receipt_drift = models.BigIntegerField(default=0)
    milliseconds = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["organization", "-id"], name="verification_latest")]

    @property
    def drift(self) -> int:
        """All differences together; 0 is the only good answer."""
        of_sales = self.daily_sales_drift + self.store_day_drift + self.rollup_drift
        of_promises = self.hold_drift + self.reserved_drift
        of_balances = self.balance_drift + self.chain_breaks + self.snapshot_drift
        return of_balances + self.kpi_drift + of_sales + self.transit_drift + self.receipt_drift + of_promises
