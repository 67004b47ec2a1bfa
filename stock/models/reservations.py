"""Reservations: units promised to somebody's order, still on hand, until fulfilled, released or expired."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from stock.models import fields
from stock.models.base import LedgerModel, OfStore, OfStoreAndProduct


class ReservationStatus(models.TextChoices):
    """Active while it holds units; else the step that ended it."""

    ACTIVE = "active"
    FULFILLED = "fulfilled"
    RELEASED = "released"
    EXPIRED = "expired"


class Reservation(OfStore):
    """A promise to one customer's order, in one store, until a moment. Its lines hold the units.

    It is active exactly as long as a line is open: the database checks that at commit.
    """

    id = models.UUIDField(primary_key=True)
    status = models.CharField(max_length=10, choices=ReservationStatus.choices, default=ReservationStatus.ACTIVE)
    # The order it is for, in the words of whoever sells; several reservations may share it.
    reference = models.CharField(max_length=100, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")
    expires_at = models.DateTimeField()
    reserved_by_id = models.BigIntegerField(null=True)
    reserved_by = models.CharField(max_length=150, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    updated_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ReservationStatus.values), name="reservation_status_known"),
            models.CheckConstraint(
                condition=Q(status=ReservationStatus.ACTIVE, ended_at=None)
                | (~Q(status=ReservationStatus.ACTIVE) & Q(ended_at__isnull=False)),
                name="reservation_ended_at_agrees",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="reservation_lasts_a_while"),
        ]
        indexes = [
            models.Index(fields=["organization", "store", "status", "id"], name="reservation_by_store"),
            models.Index(
                fields=["organization", "reference"], name="reservation_by_reference", condition=~Q(reference="")
            ),
            # For the sweep, across organisations; and before a reservation in one of them.
            models.Index(
                fields=["expires_at"], name="reservation_running_out", condition=Q(status=ReservationStatus.ACTIVE)
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What people call it: the order's number, else the end of its own id."""
        return self.reference or f"R-{str(self.pk)[-8:]}"


class ReservationLine(OfStoreAndProduct):
    """One product of a reservation, and what has become of its units.

    quantity = fulfilled + released + open, always. A balance's `reserved` is the sum of its open units.
    """

    reservation = models.ForeignKey(
        Reservation, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )
    position = models.PositiveSmallIntegerField()
    quantity = fields.quantity()
    fulfilled = fields.quantity(default=0)
    # Given back: released by somebody, or expired.
    released = fields.quantity(default=0)
    open = models.GeneratedField(
        expression=F("quantity") - F("fulfilled") - F("released"),
        output_field=fields.quantity(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "reservation", "product"], name="reservation_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_line_holds_something"),
            models.CheckConstraint(
                condition=Q(fulfilled__gte=0, released__gte=0), name="reservation_line_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("fulfilled") + F("released")),
                name="reservation_line_accounts_for_every_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "reservation"], name="reservation_line_open", condition=Q(open__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.reservation_id}"


class ReservationFulfilment(LedgerModel):
    """A movement that took units of a line out of the store. Written once."""

    pk = models.CompositePrimaryKey("organization_id", "movement_id")
    movement_id = models.UUIDField()
    line = models.ForeignKey(
        ReservationLine, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    quantity = fields.quantity()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_fulfilment_takes_something")
        ]
        indexes = [models.Index(fields=["organization", "line"], name="fulfilment_by_line")]
