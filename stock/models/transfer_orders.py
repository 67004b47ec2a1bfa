"""Transfers between stores in several steps: asked for, approved, sent, received, and every unit accounted for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from stock.models import fields
from stock.models.base import LedgerModel


class TransferStatus(models.TextChoices):
    """How far a transfer has come."""

    DRAFT = "draft"
    REQUESTED = "requested"
    APPROVED = "approved"
    DISPATCHED = "dispatched"
    PARTIALLY_RECEIVED = "partially_received"
    RECEIVED = "received"
    CLOSED = "closed"
    CANCELLED = "cancelled"


UNDER_WAY = (TransferStatus.DISPATCHED, TransferStatus.PARTIALLY_RECEIVED)
BEFORE_DISPATCH = (TransferStatus.DRAFT, TransferStatus.REQUESTED, TransferStatus.APPROVED)

# The transition table. The database holds the same one (stock_transfer_step) and refuses every other step.
STEPS: dict[str, tuple[str, ...]] = {
    TransferStatus.DRAFT: (TransferStatus.REQUESTED, TransferStatus.CANCELLED),
    TransferStatus.REQUESTED: (TransferStatus.APPROVED, TransferStatus.DISPATCHED, TransferStatus.CANCELLED),
    TransferStatus.APPROVED: (TransferStatus.DISPATCHED, TransferStatus.CANCELLED),
    # Cancelled after dispatch: nothing arrived and all of it was sent back.
    TransferStatus.DISPATCHED: (
        TransferStatus.PARTIALLY_RECEIVED,
        TransferStatus.RECEIVED,
        TransferStatus.CLOSED,
        TransferStatus.CANCELLED,
    ),
    TransferStatus.PARTIALLY_RECEIVED: (TransferStatus.RECEIVED, TransferStatus.CLOSED),
    TransferStatus.RECEIVED: (TransferStatus.CLOSED,),
    TransferStatus.CLOSED: (),
    TransferStatus.CANCELLED: (),
}


class TransferOrder(LedgerModel):
    """Goods on their way from one store to another. `id` is the `transfer_id` of every movement it posts."""

    id = models.UUIDField(primary_key=True)
    # Counts within the organisation; shown as T-000123.
    number = models.PositiveIntegerField()
    source = models.ForeignKey(
        "stores.Store", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    destination = models.ForeignKey(
        "stores.Store", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    status = models.CharField(max_length=20, choices=TransferStatus.choices, default=TransferStatus.DRAFT)
    reference = models.CharField(max_length=100, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")
    expected_on = models.DateField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    updated_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="transfer_number_once"),
            models.CheckConstraint(condition=~Q(source=F("destination")), name="transfer_between_two_stores"),
            models.CheckConstraint(condition=Q(status__in=TransferStatus.values), name="transfer_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=BEFORE_DISPATCH, dispatched_at=None)
                | Q(status__in=[*UNDER_WAY, "received", "closed"], dispatched_at__isnull=False)
                | Q(status=TransferStatus.CANCELLED),
                name="transfer_dispatched_at_agrees",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["closed", "cancelled"], ended_at__isnull=False)
                | (~Q(status__in=["closed", "cancelled"]) & Q(ended_at=None)),
                name="transfer_ended_at_agrees",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "status", "id"], name="transfer_by_status"),
            models.Index(
                fields=["organization", "destination"], name="transfer_coming_in", condition=Q(status__in=UNDER_WAY)
            ),
            models.Index(
                fields=["organization", "source"], name="transfer_going_out", condition=Q(status__in=UNDER_WAY)
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as people say it."""
        return f"T-{self.number:06d}"


class TransferLine(LedgerModel):
    """One product of a transfer, and where each of its units has gone.

    dispatched = received + damaged + short + returned + in_transit, always: `in_transit` is computed from the others
    and the database refuses to let it fall below zero. `over` counts units that arrived beyond what was dispatched.
    """

    order = models.ForeignKey(
        TransferOrder, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    position = models.PositiveSmallIntegerField()
    requested = fields.quantity()
    dispatched = fields.quantity(default=0)
    # Arrived in good order; arrived damaged and written off; never arrived and written off; gone back to the source.
    received = fields.quantity(default=0)
    damaged = fields.quantity(default=0)
    short = fields.quantity(default=0)
    returned = fields.quantity(default=0)
    over = fields.quantity(default=0)
    in_transit = models.GeneratedField(
        expression=F("dispatched") - F("received") - F("damaged") - F("short") - F("returned"),
        output_field=fields.quantity(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "order", "product"], name="transfer_line_once"),
            models.CheckConstraint(condition=Q(requested__gt=0), name="transfer_line_asks_for_something"),
            models.CheckConstraint(
                condition=Q(
                    dispatched__gte=0, received__gte=0, damaged__gte=0, short__gte=0, returned__gte=0, over__gte=0
                ),
                name="transfer_line_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(dispatched__gte=F("received") + F("damaged") + F("short") + F("returned")),
                name="transfer_line_accounts_for_every_unit",
            ),
            models.CheckConstraint(
                condition=Q(dispatched__lte=F("requested")), name="transfer_line_sends_what_was_asked"
            ),
        ]
        indexes = [models.Index(fields=["organization", "product"], name="transfer_line_by_product")]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.order_id}"


class TransferKey(LedgerModel):
    """A caller's idempotency key for one step of a transfer, reservation or purchase order or one booking of goods on
    hold, and the answer that was given."""

    pk = models.CompositePrimaryKey("organization_id", "key")
    key = models.CharField(max_length=255)
    fingerprint = models.BigIntegerField()
    answer = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=models.functions.Now())


class TransferNumber(LedgerModel):
    """The last transfer number drawn in an organisation."""

    organization = models.OneToOneField(
        "accounts.Organization", primary_key=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    last = models.PositiveIntegerField()
