"""The words of forecasting: why a run was made, where it stands, and what kind of figure a series got."""

from __future__ import annotations

from django.db import models


class Trigger(models.TextChoices):
    """Why a run was made."""

    NIGHTLY = "nightly"
    ON_DEMAND = "on_demand"
    IMPORT = "import"


class RunStatus(models.TextChoices):
    """`queued` runs wait for the one of their organisation that is `running`. Only `finished` ones are ever shown."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


OPEN = (RunStatus.QUEUED, RunStatus.RUNNING)


class ChunkStatus(models.TextChoices):
    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class State(models.TextChoices):
    """How far a series' figure is its own."""

    OK = "ok"
    # 7 to 27 days known: the level still leans on the group.
    SHORT_HISTORY = "short_history"
    # Fewer than 7 days known: the figure is the group's, and is said to be.
    TOO_LITTLE_HISTORY = "too_little_history"
    # No day known at all: a new product.
    GROUP_ONLY = "group_only"
    # On the shelf, and nothing sold.
    NO_SALES = "no_sales"


class Method(models.TextChoices):
    """Whose figure it is: the engine's, the group's alone, or a simple method's that came closer in the tests."""

    POOLED = "pooled"
    GROUP = "group"
    SEASONAL_NAIVE = "seasonal_naive"
    MOVING_AVERAGE = "moving_average"


DAYS = (1, 7, 14, 30)
"""Days whose sums are kept with their quantiles."""

SPREAD_DAYS = (1, 7, 14, 30, 60)
"""Days whose sums' variance is kept; for other numbers of days it lies between."""

HORIZON = 60
"""Days forecast, at least: a lead time and a review period must fit in."""

LEVELS = (0.05, 0.5, 0.95)
"""The quantiles kept: `low`, `median`, `high`."""
