"""Doorbells: ids in, one service call. What is to be done waits in PostgreSQL."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from forecasting.choices import Trigger
from forecasting.services import runs
from inventory_project.kernel import clock, queue


@shared_task(name="forecasting.request_nightly")
def request_nightly(**_future: Any) -> None:
    """Organisations whose night has come."""
    for organization_id, due_date in runs.due(now=clock.now()):
        runs.request(organization_id=organization_id, trigger=Trigger.NIGHTLY, due_date=due_date)


@shared_task(name="forecasting.request_after_import")
def request_after_import(*, organization_id: int, **_future: Any) -> None:
    """Sales of the past have changed."""
    runs.request(organization_id=organization_id, trigger=Trigger.IMPORT)


# Acknowledged at once: chunks are claimed in the database, and a message that came back would find them done.
@shared_task(name=runs.TASK, acks_late=False, reject_on_worker_lost=False, soft_time_limit=1740, time_limit=1800)
def visit(*, organization_id: int, **_future: Any) -> None:
    """An organisation has forecasts to make."""
    if runs.visit(organization_id=organization_id):
        queue.ring(runs.TASK, organization_id=organization_id)


@shared_task(name="forecasting.sweep_runs")
def sweep_runs(**_future: Any) -> None:
    """Runs whose worker died, or whose hint was lost."""
    for organization_id in runs.stragglers():
        queue.ring(runs.TASK, organization_id=organization_id)
