"""Runs: one forecast of a whole organisation, worked on in chunks, shown when all of it is there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from forecasting.choices import ChunkStatus, RunStatus, Trigger
from forecasting.models import fields
from forecasting.models.base import ForecastingModel, reference


class ForecastRun(ForecastingModel):
    """A forecast of every product in every store. Readers see the organisation's `is_current` run and no other; one of
    what an import changed is poured into that (services.pouring)."""

    trigger = models.CharField(max_length=10, choices=Trigger.choices)
    # The business day, by the organisation's clock, the run is of: there is one nightly run of it.
    due_date = models.DateField()
    status = models.CharField(max_length=10, choices=RunStatus.choices, default=RunStatus.QUEUED)
    is_current = models.BooleanField(default=False)
    code_version = models.CharField(max_length=40)
    # What the engine was told: horizon, days of history, chunk size, baselines, seed.
    parameters = models.JSONField(default=dict)
    # The days of history read; stores further west may end a day earlier (each forecast has its own first day).
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    chunks = models.IntegerField(default=0)
    chunks_done = models.IntegerField(default=0)
    series = models.IntegerField(default=0)
    series_done = models.IntegerField(default=0)
    # Series by state, and by method.
    counts = models.JSONField(default=dict)
    # Measures of all series together, beside the baseline's (selectors.accuracy).
    accuracy = models.JSONField(default=dict)
    # Processor seconds of the workers, all together.
    cpu_seconds = models.FloatField(default=0)
    # Why it failed: one sentence.
    error = models.CharField(max_length=500, blank=True)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    # An import's run waits a moment for the next import; null: at once.
    not_before = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(trigger__in=Trigger.values), name="forecast_run_trigger_known"),
            models.CheckConstraint(condition=Q(status__in=RunStatus.values), name="forecast_run_status_known"),
            models.CheckConstraint(
                condition=Q(chunks_done__gte=0, chunks_done__lte=F("chunks"), series_done__lte=F("series")),
                name="forecast_run_done_within_all",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(status=RunStatus.FINISHED), name="forecast_run_shown_when_finished"
            ),
            models.CheckConstraint(
                condition=~Q(status=RunStatus.FINISHED) | Q(finished_at__isnull=False, chunks_done=F("chunks")),
                name="forecast_run_finished_whole",
            ),
            models.UniqueConstraint(
                fields=["organization", "due_date"],
                condition=Q(trigger=Trigger.NIGHTLY),
                name="forecast_run_once_a_night",
            ),
            # Whoever asks while one waits is answered by that one.
            models.UniqueConstraint(
                fields=["organization", "trigger"],
                condition=Q(status=RunStatus.QUEUED),
                name="forecast_run_waits_once",
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(status=RunStatus.RUNNING), name="forecast_run_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(is_current=True), name="forecast_run_one_current"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-id"], name="forecast_run_newest_first"),
            # For the search for work left behind, across organisations.
            models.Index(fields=["id"], name="forecast_run_open", condition=Q(status__in=["queued", "running"])),
        ]

    def __str__(self) -> str:
        return f"{self.trigger} {self.due_date}"


class ForecastChunk(ForecastingModel):
    """Series one worker forecasts in one transaction: whole groups of store and category, as far as they fit.

    Whoever works on it holds its row locked, so that the database itself frees it when a worker dies.
    """

    run = reference("forecasting.ForecastRun")
    place = models.IntegerField()
    status = models.CharField(max_length=10, choices=ChunkStatus.choices, default=ChunkStatus.WAITING)
    # The series: stores and products side by side, the number of each one's group, the groups' categories (0: none).
    store_ids = fields.ids()
    product_ids = fields.ids()
    category_ids = fields.ids()
    # The last business day that is over in these stores.
    last_day = models.DateField()
    attempts = models.IntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)
    cpu_seconds = models.FloatField(default=0)
    # How sums stray from their forecast in this chunk (engine.sums.Spread), for quantiles asked later.
    spread = models.JSONField(default=dict)
    # Pooled numbers for the explanation: half-life, weights.
    pooled = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "run", "place"], name="forecast_chunk_once"),
            models.CheckConstraint(condition=Q(status__in=ChunkStatus.values), name="forecast_chunk_status_known"),
        ]
