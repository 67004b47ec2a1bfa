"""Calls: balances that somebody above wants to look at again."""

from __future__ import annotations

from django.db import models

from stock.models.base import LedgerModel


class BalanceCall(LedgerModel):
    """A balance has left the lines somebody keeps with it (`Stock.watch_below`, `watch_above`), or what it is judged by
    has changed. Written by triggers in the transaction that made the change; taken away by whoever has looked."""

    store_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    called_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        indexes = [models.Index(fields=["organization", "id"], name="balance_call_in_order")]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.store_id}"
