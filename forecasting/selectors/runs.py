"""Runs as people see them."""

from __future__ import annotations

from typing import Any

from forecasting.choices import OPEN
from forecasting.models import ForecastRun
from inventory_project.kernel import clock
from inventory_project.kernel.access import Access


def all_runs() -> Any:
    """Every run of the bound organisation; a run is of all stores."""
    return ForecastRun.objects.all()


def describe(run: ForecastRun, access: Access) -> dict[str, Any]:
    """A run. Figures of all stores together are for those who may see all stores."""
    whole = access.store_ids is None
    return {
        "id": run.pk,
        "trigger": run.trigger,
        "due_date": run.due_date,
        "status": run.status,
        "is_current": run.is_current,
        "progress": progress(run),
        "series": run.series if whole else None,
        "counts": run.counts if whole else None,
        "accuracy": run.accuracy if whole else None,
        "first_day": run.first_day,
        "last_day": run.last_day,
        "parameters": run.parameters,
        "code_version": run.code_version,
        "cpu_seconds": round(run.cpu_seconds, 2),
        "error": run.error,
        "requested_by": run.actor_label,
        "created_at": run.created_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
    }


def progress(run: ForecastRun) -> dict[str, Any]:
    """How far it is: parts done, percent, seconds so far."""
    began, ended = run.started_at, run.finished_at
    seconds = ((ended or clock.now()) - began).total_seconds() if began else 0.0
    share = run.chunks_done / run.chunks if run.chunks else 0.0
    return {
        "parts_done": run.chunks_done,
        "parts": run.chunks,
        "percent": round(100 * share, 1) if run.status in OPEN else 100.0,
        "seconds": round(seconds, 1),
    }
