"""Alerts: what stands between a product in a store and its customers, or ties up money; and what they are raised by."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from forecasting.models.base import ForecastingModel, reference


class AlertKind(models.TextChoices):
    """What is wrong (sql/evaluate_alerts.sql has the conditions; docs/alerts.md says them in words)."""

    OUT_OF_STOCK = "out_of_stock", "Out of stock"
    AT_RISK = "at_risk", "Less than the forecast"
    BELOW_REORDER_POINT = "below_reorder_point", "At or below the reorder point"
    PREDICTED_STOCKOUT = "predicted_stockout", "Runs out before the next delivery"
    OVERSTOCK = "overstock", "Overstock"
    DEAD_STOCK = "dead_stock", "Dead stock"


SHORTAGES = (
    AlertKind.OUT_OF_STOCK,
    AlertKind.AT_RISK,
    AlertKind.BELOW_REORDER_POINT,
    AlertKind.PREDICTED_STOCKOUT,
)


class Severity(models.IntegerChoices):
    """1 is the most urgent. Of a shortage: whether it is less than the forecast of 1 day, of 7, or of 30."""

    CRITICAL = 1
    HIGH = 2
    MEDIUM = 3


class AlertStatus(models.TextChoices):
    """What became of it. One that is `resolved` by a person while its cause is still there stays silent, and is raised
    again only when it gets worse; one whose cause is gone is resolved by itself and has `closed_at`."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


GOING_ON = (AlertStatus.OPEN, AlertStatus.ACKNOWLEDGED, AlertStatus.SNOOZED)


def _units(**options: object) -> models.DecimalField:
    return models.DecimalField(max_digits=14, decimal_places=3, **options)  # type: ignore[arg-type]


class Alert(ForecastingModel):
    """One thing that is wrong with one product in one store, from when it began until it was over.

    Figures are those of the last look (`looked_at`): units available, the inventory position, expected units of the
    next n days (`units_n`; null: no forecast), `delivery_days` until goods can be there, `units_at_risk` that will be
    missed until then (of overstock and dead stock: that are too many) and `money_at_risk`, their margin (their cost).
    `quantity` brings the position back to the order-up-to level; `order_now` says that the policy would order today.
    """

    store = reference("stores.Store")
    product = reference("catalog.Product")
    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    status = models.CharField(max_length=12, choices=AlertStatus.choices, default=AlertStatus.OPEN)
    available = _units()
    position = _units()
    units_1 = models.FloatField(null=True)
    units_7 = models.FloatField(null=True)
    units_30 = models.FloatField(null=True)
    reorder_point = models.FloatField(null=True)
    order_up_to = models.FloatField(null=True)
    # Units on their way, and the first day some of them are expected.
    coming = _units()
    expected_on = models.DateField(null=True)
    delivery_days = models.PositiveSmallIntegerField()
    quantity = _units()
    order_now = models.BooleanField()
    units_at_risk = models.FloatField()
    money_at_risk = models.FloatField()
    # Severity, available, position, units_1, units_7, units_30 when it was raised.
    at_opening = models.JSONField()
    opened_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    assignee_id = models.BigIntegerField(null=True)
    assignee = models.CharField(max_length=150, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    decided_by_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=150, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "store", "product", "kind"],
                condition=Q(closed_at=None),
                name="alert_once_while_it_lasts",
            ),
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="alert_kind_known"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="alert_severity_known"),
            models.CheckConstraint(condition=Q(status__in=AlertStatus.values), name="alert_status_known"),
            models.CheckConstraint(
                condition=Q(status=AlertStatus.SNOOZED, snoozed_until__isnull=False)
                | (~Q(status=AlertStatus.SNOOZED) & Q(snoozed_until=None)),
                name="alert_snoozed_until_agrees",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(status=AlertStatus.RESOLVED, closed_at__gte=F("opened_at")),
                name="alert_closed_is_resolved",
            ),
            models.CheckConstraint(
                condition=Q(assignee_id=None, assignee="") | (Q(assignee_id__isnull=False) & ~Q(assignee="")),
                name="alert_assignee_has_a_name",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "severity", "-money_at_risk", "-id"],
                name="alert_most_urgent",
                condition=Q(closed_at=None),
            ),
            models.Index(fields=["organization", "-opened_at", "-id"], name="alert_newest_first"),
            models.Index(fields=["organization", "store", "product", "-id"], name="alert_of_series"),
            # For the sweep, across organisations.
            models.Index(fields=["snoozed_until"], name="alert_to_wake", condition=Q(status=AlertStatus.SNOOZED)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.product_id} in {self.store_id}"


class RestockLevel(ForecastingModel):
    """What the policy of a product in a store came to when a proposal was last worked out (restock.decision.Levels)."""

    pk = models.CompositePrimaryKey("organization_id", "store_id", "product_id")
    store = reference("stores.Store")
    product = reference("catalog.Product")
    reorder_point = models.FloatField()
    order_up_to = models.FloatField()
    # Units ordered whatever the position is; null: up to the order-up-to level.
    fixed = models.FloatField(null=True)
    lead_days = models.PositiveSmallIntegerField()


class AlertReview(ForecastingModel):
    """Where an organisation's look at all of its balances stands: wanted since when, and how far it has come."""

    wanted_at = models.DateTimeField(null=True)
    # The last balance looked at; 0 before the first.
    last_store = models.BigIntegerField(default=0)
    last_product = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization"], name="alert_review_once")]
        indexes = [models.Index(fields=["wanted_at"], name="alert_review_wanted", condition=Q(wanted_at__isnull=False))]
