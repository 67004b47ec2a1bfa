"""Stock counts: what was found on the shelf, by whom and when, and what was posted because of it."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from stock.choices import CountKind, CountState
from stock.models import fields
from stock.models.base import LedgerModel, OfStore, OfStoreAndProduct

OPEN_STATES = [CountState.PLANNED, CountState.COUNTING, CountState.COUNTED, CountState.RECOUNT]


class StockCount(OfStore):
    """One session of counting in one store."""

    # Counts within the organisation; shown as CNT-000123.
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=CountKind.choices)
    state = models.CharField(max_length=10, choices=CountState.choices, default=CountState.PLANNED)
    name = models.CharField(max_length=120, blank=True)
    # Those who count do not see what the books say.
    blind = models.BooleanField(default=True)
    # A line is accurate when its variance is within the larger of the two.
    tolerance_units = fields.quantity(default=0)
    tolerance_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    planned_for = models.DateField(null=True, blank=True)
    planned_by = models.CharField(max_length=150, blank=True)
    posted_by = models.CharField(max_length=150, blank=True)
    uncounted_as_zero = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    updated_at = models.DateTimeField(db_default=models.functions.Now())
    started_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    # When late movements were last looked for, and the latest moment they can matter to.
    checked_at = models.DateTimeField(null=True)
    last_counted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="count_number_once"),
            models.CheckConstraint(condition=Q(kind__in=CountKind.values), name="count_kind_known"),
            models.CheckConstraint(condition=Q(state__in=CountState.values), name="count_state_known"),
            models.CheckConstraint(
                condition=Q(state=CountState.POSTED, posted_at__isnull=False)
                | (~Q(state=CountState.POSTED) & Q(posted_at__isnull=True)),
                name="count_posted_once",
            ),
            models.CheckConstraint(
                condition=Q(tolerance_units__gte=0, tolerance_percent__gte=0, tolerance_percent__lte=100),
                name="count_tolerance_sane",
            ),
            models.UniqueConstraint(
                fields=["organization", "store"],
                name="count_one_full_at_a_time",
                condition=Q(kind=CountKind.FULL, state__in=OPEN_STATES),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "store", "-id"], name="count_by_store"),
            models.Index(
                fields=["organization", "store", "posted_at"],
                name="count_by_posting",
                condition=Q(state=CountState.POSTED),
            ),
            # For the search for late movements, across organisations.
            models.Index(fields=["posted_at"], name="count_lately_posted", condition=Q(state=CountState.POSTED)),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name of the count on its movements and in the log."""
        return f"CNT-{self.number:06d}"


class StockCountLine(OfStoreAndProduct):
    """One product of a count. What is null here is computed from the entries until the count is posted."""

    count = models.ForeignKey(
        StockCount, on_delete=models.CASCADE, related_name="lines", db_index=False, db_constraint=False
    )
    # Entries of earlier rounds are kept and no longer count.
    round = models.SmallIntegerField(default=1)
    recounting = models.BooleanField(default=False)
    # It was not on the list: somebody found it.
    added = models.BooleanField(default=False)
    counted = fields.quantity(null=True)
    counted_at = models.DateTimeField(null=True)
    moved = fields.quantity(null=True)
    # book + variance = counted; variance is the sum of what was posted for the line.
    book = fields.quantity(null=True)
    variance = fields.quantity(null=True)
    unit_cost = fields.money(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "count", "product"], name="count_line_once_per_product"),
            models.CheckConstraint(
                condition=Q(counted__isnull=True, counted_at__isnull=True)
                | Q(counted__gte=0, counted_at__isnull=False),
                name="count_line_counted_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "store", "product", "counted_at"],
                name="count_line_posted",
                condition=Q(counted_at__isnull=False),
            )
        ]


class StockCountEntry(LedgerModel):
    """What one person found of one product in one place. Written once; a mistake is voided and entered again."""

    count = models.ForeignKey(
        StockCount, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    line = models.ForeignKey(
        StockCountLine, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    round = models.SmallIntegerField()
    quantity = fields.quantity()
    place = models.CharField(max_length=100, blank=True)
    # The counter's clock, and ours.
    counted_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    counter_id = models.BigIntegerField(null=True)
    counter = models.CharField(max_length=150, blank=True)
    # The row's own key, or the request's with the number of the row.
    key = models.CharField(max_length=265)
    fingerprint = models.BigIntegerField()
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "count", "key"], name="count_entry_once_per_key"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="count_entry_not_negative"),
        ]
        indexes = [
            models.Index(fields=["organization", "line", "round"], name="count_entry_by_line"),
            models.Index(fields=["organization", "count", "id"], name="count_entry_by_count"),
        ]


class StockCountAdjustment(LedgerModel):
    """A movement posted for a line: at approval, or afterwards because movements came late."""

    pk = models.CompositePrimaryKey("organization_id", "movement_id")
    movement_id = models.UUIDField()
    count = models.ForeignKey(
        StockCount, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    line = models.ForeignKey(
        StockCountLine, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    quantity = fields.quantity()
    late = models.BooleanField()
    posted_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        indexes = [
            models.Index(fields=["organization", "line"], name="count_adjustment_by_line"),
            models.Index(fields=["organization", "count"], name="count_adjustment_by_count"),
        ]


class StockCountKey(LedgerModel):
    """A caller's idempotency key for a verb of a count."""

    pk = models.CompositePrimaryKey("organization_id", "key")
    key = models.CharField(max_length=255)
    fingerprint = models.BigIntegerField()
    count = models.ForeignKey(
        StockCount, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
