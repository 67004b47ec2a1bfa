"""Orders to suppliers: drafted, sent, and taken in delivery by delivery until every unit is accounted for."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from stock.models import fields
from stock.models.base import LedgerModel, OfStore


class PurchaseStatus(models.TextChoices):
    """How far an order to a supplier has come."""

    DRAFT = "draft"
    SENT = "sent"
    PARTIALLY_RECEIVED = "partially_received"
    RECEIVED = "received"
    CLOSED = "closed"
    CANCELLED = "cancelled"


# Sent, and not everything is here: these orders make up what is on order.
ON_ORDER = (PurchaseStatus.SENT, PurchaseStatus.PARTIALLY_RECEIVED)
ENDED = (PurchaseStatus.CLOSED, PurchaseStatus.CANCELLED)
AFTER_SENDING = (*ON_ORDER, PurchaseStatus.RECEIVED, PurchaseStatus.CLOSED)

# The transition table. The database holds the same one (stock_purchase_step) and refuses every other step. A state goes
# back only when a line of a goods receipt is reversed.
STEPS: dict[str, tuple[str, ...]] = {
    PurchaseStatus.DRAFT: (PurchaseStatus.SENT, PurchaseStatus.CANCELLED),
    PurchaseStatus.SENT: (PurchaseStatus.PARTIALLY_RECEIVED, PurchaseStatus.RECEIVED, PurchaseStatus.CANCELLED),
    PurchaseStatus.PARTIALLY_RECEIVED: (PurchaseStatus.RECEIVED, PurchaseStatus.CLOSED, PurchaseStatus.SENT),
    PurchaseStatus.RECEIVED: (PurchaseStatus.CLOSED, PurchaseStatus.PARTIALLY_RECEIVED, PurchaseStatus.SENT),
    PurchaseStatus.CLOSED: (),
    PurchaseStatus.CANCELLED: (),
}


class PurchaseSource(models.TextChoices):
    """Who thought of the order: a person, or a restock proposal that was accepted."""

    BY_HAND = "by_hand"
    PROPOSAL = "proposal"


class SentBy(models.TextChoices):
    """How the order reached the supplier: mailed from here, or told in another way (telephone, portal, in person)."""

    EMAIL = "email"
    OTHER = "other"


class LetterState(models.TextChoices):
    """What became of one mailing of an order. A failed one is tried again, a few times."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class PurchaseOrder(OfStore):
    """Goods bought from one supplier for one store."""

    id = models.UUIDField(primary_key=True)
    # Counts within the organisation; shown as P-000123.
    number = models.PositiveIntegerField()
    supplier = models.ForeignKey(
        "catalog.Supplier", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    status = models.CharField(max_length=20, choices=PurchaseStatus.choices, default=PurchaseStatus.DRAFT)
    # What the unit costs of the lines are in.
    currency = models.CharField(max_length=3)
    expected_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=100, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")
    source = models.CharField(max_length=10, choices=PurchaseSource.choices, default=PurchaseSource.BY_HAND)
    # What the proposal is called where it was made.
    proposal = models.CharField(max_length=100, blank=True, default="")
    created_by_id = models.BigIntegerField(null=True)
    created_by = models.CharField(max_length=150, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=10, choices=SentBy.choices, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    # Why it was closed short, or cancelled.
    end_reason = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    updated_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="purchase_number_once"),
            models.CheckConstraint(condition=Q(status__in=PurchaseStatus.values), name="purchase_status_known"),
            models.CheckConstraint(
                condition=Q(source=PurchaseSource.BY_HAND, proposal="")
                | (Q(source=PurchaseSource.PROPOSAL) & ~Q(proposal="")),
                name="purchase_source_agrees",
            ),
            models.CheckConstraint(
                condition=Q(status=PurchaseStatus.DRAFT, sent_at=None, sent_by="")
                | Q(status__in=AFTER_SENDING, sent_at__isnull=False, sent_by__in=SentBy.values)
                | Q(status=PurchaseStatus.CANCELLED),
                name="purchase_sent_at_agrees",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_at__isnull=False) | (~Q(status__in=ENDED) & Q(ended_at=None)),
                name="purchase_ended_at_agrees",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "status", "id"], name="purchase_by_status"),
            models.Index(fields=["organization", "supplier", "id"], name="purchase_by_supplier"),
            models.Index(fields=["organization", "store"], name="purchase_on_order", condition=Q(status__in=ON_ORDER)),
            models.Index(
                fields=["organization", "expected_on"], name="purchase_expected", condition=Q(status__in=ON_ORDER)
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as people say it."""
        return f"P-{self.number:06d}"


class PurchaseLine(LedgerModel):
    """One product of an order, and what has become of its units.

    ordered = received + cancelled + outstanding, always: `outstanding` is computed from the others and the database
    refuses to let it fall below zero. While the order is under way it is what is on order. `over` counts units taken in
    beyond what was ordered; `damaged` is the part of received and over that arrived damaged; `rejected` units were
    handed back at the door and are still owed.
    """

    order = models.ForeignKey(
        PurchaseOrder, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    position = models.PositiveSmallIntegerField()
    ordered = fields.quantity()
    # Units in a pack when it was ordered.
    pack_size = fields.quantity(default=1)
    # Of one unit, in the order's currency.
    unit_cost = fields.money(default=0)
    received = fields.quantity(default=0)
    over = fields.quantity(default=0)
    damaged = fields.quantity(default=0)
    rejected = fields.quantity(default=0)
    cancelled = fields.quantity(default=0)
    outstanding = models.GeneratedField(
        expression=F("ordered") - F("received") - F("cancelled"), output_field=fields.quantity(), db_persist=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "order", "product"], name="purchase_line_once"),
            models.CheckConstraint(condition=Q(ordered__gt=0), name="purchase_line_orders_something"),
            models.CheckConstraint(
                condition=Q(pack_size__gt=0, unit_cost__gte=0), name="purchase_line_pack_and_cost_sane"
            ),
            models.CheckConstraint(
                condition=Q(received__gte=0, over__gte=0, damaged__gte=0, rejected__gte=0, cancelled__gte=0),
                name="purchase_line_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(ordered__gte=F("received") + F("cancelled")), name="purchase_line_accounts_for_every_unit"
            ),
            models.CheckConstraint(
                condition=Q(damaged__lte=F("received") + F("over")), name="purchase_line_damaged_have_arrived"
            ),
            models.CheckConstraint(
                condition=Q(over=0) | Q(received=F("ordered") - F("cancelled")), name="purchase_line_over_comes_last"
            ),
        ]
        indexes = [models.Index(fields=["organization", "product"], name="purchase_line_by_product")]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.order_id}"

    @property
    def packs(self) -> Decimal:
        """How many packs were ordered; not whole when units were."""
        return self.ordered / self.pack_size


class PurchaseLetter(LedgerModel):
    """One mailing of an order to its supplier: made with the step that asked for it, and sent once."""

    order = models.ForeignKey(
        PurchaseOrder, on_delete=models.PROTECT, related_name="letters", db_index=False, db_constraint=False
    )
    to = models.EmailField()
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True, default="")
    asked_by = models.CharField(max_length=150, blank=True, default="")
    asked_at = models.DateTimeField(db_default=models.functions.Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="purchase_letter_state_known"),
            models.CheckConstraint(condition=~Q(to=""), name="purchase_letter_goes_somewhere"),
        ]
        indexes = [
            models.Index(fields=["organization", "order"], name="purchase_letter_by_order"),
            # For the sweep, across organisations.
            models.Index(fields=["asked_at"], name="purchase_letter_to_send", condition=~Q(state=LetterState.SENT)),
        ]

    def __str__(self) -> str:
        return f"{self.to} {self.state}"
