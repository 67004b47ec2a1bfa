"""Doorbells: ids in, one service call. What is to be done waits in PostgreSQL."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task

from forecasting.choices import Trigger
from forecasting.services import alert_reviews, proposals, runs
from inventory_project.kernel import clock, queue

logger = logging.getLogger(__name__)


@shared_task(name="forecasting.request_nightly")
def request_nightly(**_future: Any) -> None:
    """Organisations whose night has come."""
    for organization_id, due_date in runs.due(now=clock.now()):
        try:
            runs.request(organization_id=organization_id, trigger=Trigger.NIGHTLY, due_date=due_date)
        except Exception:  # one organisation's trouble must not keep the others waiting
            logger.exception("night not asked for", extra={"organization": organization_id})


@shared_task(name="forecasting.request_after_import")
def request_after_import(*, organization_id: int, import_id: int | None = None, **_future: Any) -> None:
    """Sales of the past have changed: those an import named, or any."""
    runs.request_after_import(organization_id=organization_id, import_id=import_id)


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


@shared_task(name=proposals.TASK, acks_late=False, reject_on_worker_lost=False, soft_time_limit=600, time_limit=660)
def propose(*, organization_id: int, proposal_id: int, **_future: Any) -> None:
    """A restock proposal is wanted."""
    proposals.work(organization_id=organization_id, proposal_id=proposal_id)


@shared_task(name="forecasting.sweep_proposals")
def sweep_proposals(**_future: Any) -> None:
    """Proposals whose worker died, or whose hint was lost."""
    for organization_id, proposal_id in proposals.stragglers():
        queue.ring(proposals.TASK, organization_id=organization_id, proposal_id=proposal_id)


@shared_task(name=alert_reviews.CALLS_TASK)
def answer_calls(*, organization_id: int, **_future: Any) -> None:
    """Balances have left the lines kept with them."""
    if alert_reviews.answer_calls(organization_id=organization_id):
        queue.ring(alert_reviews.CALLS_TASK, organization_id=organization_id)


@shared_task(name="forecasting.request_review")
def request_review(*, organization_id: int, **_future: Any) -> None:
    """What counts as overstock or dead stock has changed."""
    alert_reviews.request_review(organization_id=organization_id)


@shared_task(name=alert_reviews.REVIEW_TASK)
def review_alerts(*, organization_id: int, **_future: Any) -> None:
    """All balances of an organisation are to be looked at."""
    if alert_reviews.review(organization_id=organization_id):
        queue.ring(alert_reviews.REVIEW_TASK, organization_id=organization_id)


@shared_task(name="forecasting.sweep_alerts")
def sweep_alerts(**_future: Any) -> None:
    """Calls and reviews whose hint was lost or whose worker died, and alerts to wake."""
    for found in alert_reviews.due():
        tasks = {alert_reviews.CALLS_TASK: found["calls"], alert_reviews.REVIEW_TASK: found["review"]}
        for name in (name for name, wanted in tasks.items() if wanted):
            queue.ring(name, organization_id=found["organization_id"])
