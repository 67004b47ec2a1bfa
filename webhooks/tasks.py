"""Doorbells: ids in, one service call. What is to be sent is rows in PostgreSQL."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from inventory_project.kernel import log_bell
from webhooks.services import maintenance, serving


@shared_task(name=log_bell.TASK)
def serve_organization(*, organization_id: int, **_future: Any) -> None:
    """An organisation's log has grown."""
    serving.serve_organization(organization_id=organization_id)


@shared_task(name=serving.TASK)
def serve_endpoint(*, organization_id: int, endpoint_id: int, **_future: Any) -> None:
    """An endpoint has something to be sent."""
    serving.serve(organization_id=organization_id, endpoint_id=endpoint_id)


@shared_task(name="webhooks.sweep")
def sweep(**_future: Any) -> None:
    """Endpoints whose hint was lost, whose time for another try has come, or whose worker died."""
    serving.sweep()


@shared_task(name="webhooks.prune_deliveries")
def prune_deliveries(**_future: Any) -> None:
    """Forget deliveries past their age."""
    maintenance.prune()
