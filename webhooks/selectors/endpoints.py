"""Endpoints and deliveries as their organisation's admins see them."""

from __future__ import annotations

from typing import Any

from inventory_project.kernel.access import Access
from webhooks.models import WebhookDelivery, WebhookEndpoint


def visible_to(access: Access) -> Any:
    """All of the organisation's; an admin limited to some stores sees those that are sent nothing of other stores."""
    found = WebhookEndpoint.objects.all()
    if access.store_ids is not None:
        found = found.filter(stores__contained_by=sorted(access.store_ids))
    return found


def deliveries_visible_to(access: Access) -> Any:
    found = WebhookDelivery.objects.select_related("endpoint")
    if access.store_ids is not None:
        found = found.filter(endpoint__stores__contained_by=sorted(access.store_ids))
    return found
