"""What stock has cost: the moving average of each balance over time, and the amounts that correct its value.

The value of a balance is what is on hand times its average cost, and always the sum of what its movements were worth
(quantity times unit cost) and of its revaluations (docs/adr/0017).
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from stock.choices import RevaluationCause
from stock.models import fields
from stock.models.base import OfStoreAndProduct


class AverageCost(OfStoreAndProduct):
    """The average cost of a balance from a movement on that came in at a cost of its own, in order of effective time.

    The first one of a balance has no movement: what the average was before. Kept up by every apply, and made anew from
    the instant of a movement that came late; the ledger is the truth behind it.
    """

    pk = models.CompositePrimaryKey("organization_id", "store_id", "product_id", "effective_at", "sequence")
    effective_at = models.DateTimeField()
    sequence = models.BigIntegerField()
    movement_id = models.UUIDField(null=True)
    quantity = fields.quantity(null=True)
    unit_cost = fields.money(null=True)
    average = fields.money()

    class Meta:
        indexes = [models.Index(fields=["organization", "movement_id"], name="average_cost_by_movement")]


class Revaluation(OfStoreAndProduct):
    """An amount by which the value of a balance changed while nothing moved: written once, never changed."""

    # The movement that brought it about; null where none did.
    movement_id = models.UUIDField(null=True)
    cause = models.CharField(max_length=12, choices=RevaluationCause.choices)
    amount = models.DecimalField(max_digits=30, decimal_places=7)
    on_hand = fields.quantity()
    average_cost = fields.money()
    # The store's date when it was booked: the past is not rewritten.
    date = models.DateField()
    booked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="revaluation_is_an_amount"),
            models.CheckConstraint(
                condition=models.Q(cause__in=RevaluationCause.values), name="revaluation_cause_known"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "store", "product"], name="revaluation_by_balance"),
            models.Index(fields=["organization", "-id"], name="revaluation_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.cause} {self.amount.normalize():f}"
