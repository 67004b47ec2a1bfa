"""Goods receipts: what a supplier delivered on an order, and the movements that took it in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from stock.models import fields
from stock.models.base import LedgerModel, OfStoreAndProduct
from stock.models.purchase_orders import PurchaseLine, PurchaseOrder


class GoodsReceipt(LedgerModel):
    """One delivery on one order. What it says never changes; a line that was wrong is reversed."""

    id = models.UUIDField(primary_key=True)
    # Counts within the organisation; shown as G-000123.
    number = models.PositiveIntegerField()
    order = models.ForeignKey(
        PurchaseOrder, on_delete=models.PROTECT, related_name="receipts", db_index=False, db_constraint=False
    )
    # The number on the supplier's delivery note.
    delivery_note = models.CharField(max_length=100, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")
    # When the goods came in: lead times are measured to here.
    received_at = models.DateTimeField()
    received_by_id = models.BigIntegerField(null=True)
    received_by = models.CharField(max_length=150, blank=True, default="")
    # When its last line was reversed: from then on it is as if it had not been.
    reversed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="goods_receipt_number_once"),
            # The same delivery is not taken in twice by two people who both hold its note.
            models.UniqueConstraint(
                fields=["organization", "order", "delivery_note"],
                condition=Q(reversed_at=None) & ~Q(delivery_note=""),
                name="goods_receipt_delivery_note_once",
            ),
        ]
        indexes = [models.Index(fields=["organization", "order", "id"], name="goods_receipt_by_order")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as people say it."""
        return f"G-{self.number:06d}"


class GoodsReceiptLine(OfStoreAndProduct):
    """One product of a delivery. `quantity` units came in good order and `damaged` ones on hold as damaged; `rejected`
    ones were handed back at the door, and no movement knows of them."""

    receipt = models.ForeignKey(
        GoodsReceipt, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )
    line = models.ForeignKey(
        PurchaseLine, on_delete=models.PROTECT, related_name="receipts", db_index=False, db_constraint=False
    )
    position = models.PositiveSmallIntegerField()
    quantity = fields.quantity()
    damaged = fields.quantity(default=0)
    rejected = fields.quantity(default=0)
    # As invoiced, of one unit, in the order's currency.
    unit_cost = fields.money()
    # The movements that took in the good units, and the damaged ones.
    movement_id = models.UUIDField(null=True)
    damaged_movement_id = models.UUIDField(null=True)
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.CharField(max_length=150, blank=True, default="")
    reversal_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "receipt", "line"], name="goods_receipt_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=0, damaged__gte=0, rejected__gte=0, unit_cost__gte=0),
                name="goods_receipt_line_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) | Q(damaged__gt=0) | Q(rejected__gt=0),
                name="goods_receipt_line_books_something",
            ),
            models.CheckConstraint(
                condition=(Q(quantity=0, movement_id=None) | Q(quantity__gt=0, movement_id__isnull=False))
                & (Q(damaged=0, damaged_movement_id=None) | Q(damaged__gt=0, damaged_movement_id__isnull=False)),
                name="goods_receipt_line_movements_agree",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "line", "id"], name="goods_receipt_line_by_line"),
            models.Index(fields=["organization", "product"], name="goods_receipt_line_by_product"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.receipt_id}"
