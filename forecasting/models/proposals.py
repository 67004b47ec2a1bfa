"""Restock proposals: what to order or move tonight, why, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from forecasting.models.base import ForecastingModel, reference
from forecasting.models.policies import PolicyKind


class ProposalTrigger(models.TextChoices):
    """Why it was made."""

    FORECAST = "forecast"
    ON_DEMAND = "on_demand"


class ProposalStatus(models.TextChoices):
    """`queued` until a worker has worked it out."""

    QUEUED = "queued"
    READY = "ready"
    FAILED = "failed"


class LineSource(models.TextChoices):
    """Where the goods are to come from."""

    BUY = "buy"
    TRANSFER = "transfer"


class LineStatus(models.TextChoices):
    """What became of a line. One that nobody decided about ends with the next proposal."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    SNOOZED = "snoozed"


LAST_BINDING = 5


class RestockProposal(ForecastingModel):
    """One proposal for a whole organisation. Readers are shown the `is_current` one."""

    trigger = models.CharField(max_length=10, choices=ProposalTrigger.choices)
    status = models.CharField(max_length=10, choices=ProposalStatus.choices, default=ProposalStatus.QUEUED)
    is_current = models.BooleanField(default=False)
    # The forecast it was made from; null before it is worked out, and when that is forgotten.
    run = models.ForeignKey(
        "forecasting.ForecastRun",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    # Days since the first day of the forecast, the oldest one where they differ; null before it is worked out.
    forecast_age = models.SmallIntegerField(null=True)
    # Workers that began with it.
    attempts = models.SmallIntegerField(default=0)
    code_version = models.CharField(max_length=40)
    # Money for what is bought, in the organisation's currency; null: no limit.
    budget = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    series = models.IntegerField(default=0)
    lines = models.IntegerField(default=0)
    lines_left_out = models.IntegerField(default=0)
    error = models.CharField(max_length=500, blank=True, default="")
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=150, blank=True, default="")
    created_at = models.DateTimeField(db_default=models.functions.Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(trigger__in=ProposalTrigger.values), name="proposal_trigger_known"),
            models.CheckConstraint(condition=Q(status__in=ProposalStatus.values), name="proposal_status_known"),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(status=ProposalStatus.READY), name="proposal_shown_when_ready"
            ),
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.QUEUED, finished_at=None)
                | (~Q(status=ProposalStatus.QUEUED) & Q(finished_at__isnull=False)),
                name="proposal_finished_at_agrees",
            ),
            models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=0), name="proposal_budget_not_negative"),
            models.UniqueConstraint(fields=["organization"], condition=Q(is_current=True), name="proposal_one_current"),
        ]
        indexes = [
            models.Index(fields=["organization", "-id"], name="proposal_newest_first"),
            # For the sweep, across organisations.
            models.Index(fields=["id"], name="proposal_queued", condition=Q(status=ProposalStatus.QUEUED)),
        ]

    def __str__(self) -> str:
        return f"{self.trigger} {self.pk}"


class RestockLine(ForecastingModel):
    """One product for one store, from its supplier or from another store.

    `inputs` is everything the quantity was computed from (restock.inputs and what the steps name), so that it can be
    computed again at any time, to the last bit. `chosen` is a person's own quantity, with their `reason`.
    """

    proposal = reference("forecasting.RestockProposal")
    store = reference("stores.Store")
    product = reference("catalog.Product")
    source = models.CharField(max_length=10, choices=LineSource.choices)
    from_store = reference("stores.Store", null=True)
    supplier = reference("catalog.Supplier", null=True)
    kind = models.CharField(max_length=15, choices=PolicyKind.choices)
    # The policy it follows; null: the one that holds where none was set.
    policy = reference("forecasting.RestockPolicy", null=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    # Units before rounding, and the levels (restock.decision).
    wanted = models.FloatField()
    reorder_point = models.FloatField()
    order_up_to = models.FloatField()
    safety_stock = models.FloatField()
    binding = models.SmallIntegerField()
    inputs = models.JSONField()
    # 1 is the best use of money; lines beyond the budget are not `within_budget`.
    rank = models.IntegerField()
    within_budget = models.BooleanField(default=True)
    unit_cost = models.DecimalField(max_digits=14, decimal_places=4)
    margin_at_risk = models.DecimalField(max_digits=24, decimal_places=4)
    status = models.CharField(max_length=10, choices=LineStatus.choices, default=LineStatus.PROPOSED)
    chosen = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    # Who chose another quantity; accepting may be somebody else's.
    chosen_by = models.CharField(max_length=150, blank=True, default="")
    # Units that went onto the paper when it was accepted.
    accepted = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    snoozed_until = models.DateField(null=True)
    purchase = reference("stock.PurchaseOrder", null=True)
    transfer = reference("stock.TransferOrder", null=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=150, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "proposal", "store", "product", "source", "from_store"],
                nulls_distinct=False,
                name="restock_line_once",
            ),
            models.CheckConstraint(
                condition=Q(source=LineSource.BUY, from_store=None, transfer=None)
                | Q(source=LineSource.TRANSFER, from_store__isnull=False, supplier=None, purchase=None)
                & ~Q(from_store=models.F("store")),
                name="restock_line_source_agrees",
            ),
            models.CheckConstraint(condition=Q(kind__in=PolicyKind.values), name="restock_line_kind_known"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="restock_line_asks_for_something"),
            models.CheckConstraint(
                condition=Q(binding__gte=1, binding__lte=LAST_BINDING), name="restock_line_binding_known"
            ),
            models.CheckConstraint(
                condition=Q(chosen=None) | (Q(chosen__gt=0) & ~Q(reason="")), name="restock_line_choice_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(status=LineStatus.SNOOZED, snoozed_until__isnull=False)
                | (Q(status__in=LineStatus.values, snoozed_until=None) & ~Q(status=LineStatus.SNOOZED)),
                name="restock_line_status_agrees",
            ),
            models.CheckConstraint(
                condition=Q(status=LineStatus.ACCEPTED, source=LineSource.BUY, purchase__isnull=False, accepted__gt=0)
                | Q(status=LineStatus.ACCEPTED, source=LineSource.TRANSFER, transfer__isnull=False, accepted__gt=0)
                | (~Q(status=LineStatus.ACCEPTED) & Q(purchase=None, transfer=None, accepted=None)),
                name="restock_line_accepted_has_its_paper",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "proposal", "rank"], name="restock_line_by_rank"),
            models.Index(fields=["organization", "store", "product"], name="restock_line_of_series"),
            models.Index(
                fields=["organization", "snoozed_until"],
                name="restock_line_snoozed",
                condition=Q(status=LineStatus.SNOOZED),
            ),
            # For the nightly look back at what became of people's own quantities.
            models.Index(
                fields=["organization", "decided_at"],
                name="restock_line_overridden",
                condition=Q(status=LineStatus.ACCEPTED, chosen__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} for {self.store_id}"


class OverrideOutcome(ForecastingModel):
    """What became of a line that was accepted with a person's own quantity, beside what the proposed one would have led
    to. Written once, when the line's protection days are over; units.

    `supply` is what the line counted on besides itself; `demand` what was sold, or on days that ended sold out at least
    what was expected. `short_` and `left_` are demand beyond supply and order, and supply and order beyond demand.
    """

    line = reference("forecasting.RestockLine")
    store = reference("stores.Store")
    product = reference("catalog.Product")
    person = models.CharField(max_length=150)
    reason = models.CharField(max_length=300)
    first_day = models.DateField()
    last_day = models.DateField()
    proposed = models.DecimalField(max_digits=14, decimal_places=3)
    ordered = models.DecimalField(max_digits=14, decimal_places=3)
    supply = models.DecimalField(max_digits=16, decimal_places=3)
    sold = models.DecimalField(max_digits=16, decimal_places=3)
    sold_out_days = models.SmallIntegerField()
    demand = models.DecimalField(max_digits=16, decimal_places=3)
    short_proposed = models.DecimalField(max_digits=16, decimal_places=3)
    short_ordered = models.DecimalField(max_digits=16, decimal_places=3)
    left_proposed = models.DecimalField(max_digits=16, decimal_places=3)
    left_ordered = models.DecimalField(max_digits=16, decimal_places=3)
    # Of one unit, when it was judged: money that is missed when it is short, and tied up when it is left.
    unit_margin = models.DecimalField(max_digits=14, decimal_places=4)
    unit_cost = models.DecimalField(max_digits=14, decimal_places=4)
    judged_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "line"], name="override_judged_once"),
            models.CheckConstraint(
                condition=Q(first_day__lte=models.F("last_day"), sold_out_days__gte=0, demand__gte=models.F("sold")),
                name="override_days_and_demand_agree",
            ),
            # Of one quantity there cannot be too little and too much.
            models.CheckConstraint(
                condition=(Q(short_proposed=0, left_proposed__gte=0) | Q(short_proposed__gt=0, left_proposed=0))
                & (Q(short_ordered=0, left_ordered__gte=0) | Q(short_ordered__gt=0, left_ordered=0)),
                name="override_short_or_left",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-id"], name="override_newest_first")]

    def __str__(self) -> str:
        return f"{self.ordered} instead of {self.proposed}"
