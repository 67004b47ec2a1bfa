"""The ledger: movements waiting in their lane, movements final, and the keys that make a repeat harmless."""

from __future__ import annotations

from django.db import models

from stock.choices import AppliedVia, Bucket, Kind, MovementStatus
from stock.models import fields
from stock.models.base import LedgerModel, OfStoreAndProduct


class MovementFacts(OfStoreAndProduct):
    """What is said about a movement before anything is decided."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    # Signed: what the movement adds to the balance.
    quantity = fields.quantity()
    # The store's clock, and ours.
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=20, default="api")
    reference = models.CharField(max_length=100, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    unit_price = fields.money(null=True, blank=True)
    idempotency_key = models.CharField(max_length=255, null=True)

    class Meta:
        abstract = True


class StockMovement(MovementFacts):
    """One signed change of one product in one store: final, written once, never changed. Partitioned by month of `id`.

    `id` is a version 7 UUID drawn when the movement is accepted, so it carries the time of acceptance; `sequence`
    is the order in which movements were applied, unbroken per balance: balance_after = the previous one + quantity.
    """

    sequence = models.BigIntegerField()
    # The store's local date of effective_at, as it was when the movement was applied.
    business_date = models.DateField()
    status = models.CharField(max_length=10, choices=MovementStatus.choices)
    rejection = models.CharField(max_length=30, blank=True, default="")
    balance_after = fields.quantity()
    applied_at = models.DateTimeField()
    applied_via = models.CharField(max_length=10, choices=AppliedVia.choices)
    # What each unit was worth when it moved: the cost it came in at, else the balance's average.
    unit_cost = fields.money(null=True)
    # Both legs of a transfer carry the id of the dispatching one.
    transfer_id = models.UUIDField(null=True)
    reverses_id = models.UUIDField(null=True)
    # Signed: what the movement adds to what is on hold in the bucket; null for a movement of goods for sale.
    held = fields.quantity(null=True)
    bucket = models.CharField(max_length=10, choices=Bucket.choices, null=True)

    class Meta:
        managed = True

    def __str__(self) -> str:
        return f"{self.kind} {self.quantity.normalize():f} ({self.status})"


class InboxMovement(MovementFacts):
    """An accepted movement waiting in its lane (organisation, shard of stores) for the next drain."""

    sequence = models.BigIntegerField()
    lane = models.SmallIntegerField()
    to_store_id = models.BigIntegerField(null=True)
    unit_cost = fields.money(null=True)
    actor_label = models.CharField(max_length=150, default="")
    request_id = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "stock_inbox"


class MovementKey(LedgerModel):
    """A caller's idempotency key: one intended change. Narrow and apart, so that it can be pruned by age."""

    pk = models.CompositePrimaryKey("organization_id", "key")
    key = models.CharField(max_length=255)
    fingerprint = models.BigIntegerField()
    movement_id = models.UUIDField()
    recorded_at = models.DateTimeField()


class MovementReversal(LedgerModel):
    """The one reversal a movement may have."""

    pk = models.CompositePrimaryKey("organization_id", "movement_id")
    movement_id = models.UUIDField()
    reversal_id = models.UUIDField()
