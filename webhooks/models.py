"""Endpoints, each with its own place in the log, and what was sent to them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.selectors.feed import Cursor
from inventory_project.kernel.tenancy import OrganizationModel
from webhooks.choices import DeliveryKind, DeliveryStatus, EndpointState

MOST_EVENTS = 100  # of a request
LONGEST_URL = 500
LONGEST_ANSWER = 1000  # characters of the receiver's answer that are kept


class WebhookEndpoint(OrganizationModel):
    """An address the organisation's log is sent to. `cursor_*` is its place: everything before it was taken or skipped.

    The secret itself is not here: it is derived from `secret_seed` and the installation's key (docs/adr/0018).
    """

    url = models.CharField(max_length=LONGEST_URL)
    description = models.CharField(max_length=200, blank=True)
    # Actions, or prefixes that end in a dot.
    types = ArrayField(models.CharField(max_length=100))
    # Ids of stores; null: all of them, and what belongs to no store.
    stores = ArrayField(models.BigIntegerField(), null=True, blank=True)
    includes_costs = models.BooleanField(default=False)
    batch_size = models.PositiveSmallIntegerField(default=MOST_EVENTS)
    is_active = models.BooleanField(default=True)

    secret_seed = models.CharField(max_length=80)
    previous_seed = models.CharField(max_length=80, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)

    cursor_xid = models.BigIntegerField()
    cursor_sequence = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=EndpointState.choices, default=EndpointState.OK)
    reason = models.CharField(max_length=300, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    last_delivered_at = models.DateTimeField(null=True, blank=True)
    # When the admins are to be told that it is paused; null when they know.
    tell_at = models.DateTimeField(null=True, blank=True)

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EndpointState.values), name="webhook_state_known"),
            models.CheckConstraint(
                condition=Q(batch_size__gte=1, batch_size__lte=MOST_EVENTS), name="webhook_batch_size_in_range"
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"), name="webhook_url_is_http"
            ),
            models.CheckConstraint(condition=~Q(types=[]), name="webhook_types_named"),
            models.CheckConstraint(
                condition=~Q(state="retrying") | Q(failing_since__isnull=False, next_attempt_at__isnull=False),
                name="webhook_retrying_has_a_time",
            ),
            models.CheckConstraint(condition=~Q(state="paused") | ~Q(reason=""), name="webhook_paused_has_a_reason"),
            models.CheckConstraint(
                condition=Q(previous_seed="", previous_until__isnull=True)
                | (~Q(previous_seed="") & Q(previous_until__isnull=False)),
                name="webhook_previous_secret_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.url

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.cursor_xid, self.cursor_sequence)


class WebhookDelivery(OrganizationModel):
    """One request to an endpoint, however often it is tried: the events after `after`, up to and with `until`."""

    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=10, choices=DeliveryKind.choices, default=DeliveryKind.EVENTS)
    status = models.CharField(max_length=10, choices=DeliveryStatus.choices, default=DeliveryStatus.PENDING)
    after = models.CharField(max_length=40, blank=True)
    until = models.CharField(max_length=40, blank=True)
    events = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    response_status = models.PositiveSmallIntegerField(null=True, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    attempted_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DeliveryKind.values), name="webhook_delivery_kind_known"),
            models.CheckConstraint(condition=Q(status__in=DeliveryStatus.values), name="webhook_delivery_status_known"),
            models.CheckConstraint(
                condition=Q(kind="ping", after="", until="") | (~Q(kind="ping") & ~Q(after="") & ~Q(until="")),
                name="webhook_delivery_has_a_range",
            ),
            models.CheckConstraint(
                condition=Q(status="pending", finished_at__isnull=True)
                | (~Q(status="pending") & Q(finished_at__isnull=False)),
                name="webhook_delivery_ends_once",
            ),
            # What keeps an endpoint's events in order: the next batch is not begun before this one ended.
            models.UniqueConstraint(
                fields=["organization", "endpoint"],
                condition=Q(kind="events", status="pending"),
                name="webhook_delivery_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "endpoint", "-id"], name="webhook_delivery_by_endpoint"),
            models.Index(fields=["organization", "endpoint"], condition=Q(status="pending"), name="webhook_pending"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
