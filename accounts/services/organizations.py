"""The organisation's own settings."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import Organization
from audit import services as audit
from inventory_project.kernel import queue
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.tenancy import current_organization_id

CHANGEABLE = (
    "name",
    "time_zone",
    "currency",
    "allows_negative_stock",
    "transfers_need_approval",
    "transfer_tolerance_percent",
    "purchase_tolerance_percent",
    "reservation_hours",
    "reservation_max_hours",
    "alert_overstock_days",
    "alert_overstock_factor",
    "alert_dead_days",
)
OF_ALERTS = ("alert_overstock_days", "alert_overstock_factor", "alert_dead_days")
ALERT_RULES_CHANGED = "forecasting.request_review"
"""The task of the room above that judges all balances by the new rules. A hint: it also does so every night."""


def change(*, changes: dict[str, Any], acting_as: Actor) -> Organization:
    """Change the bound organisation's name, time zone, currency, or its rules for stock, transfers, purchases,
    reservations and alerts.

    Raises InvalidInput when a reservation would last longer than the longest allowed.
    """
    organization = Organization.objects.select_for_update().get(pk=current_organization_id())
    before = {name: getattr(organization, name) for name in CHANGEABLE}
    for name in CHANGEABLE:
        if name in changes:
            setattr(organization, name, changes[name])
    if organization.reservation_hours > organization.reservation_max_hours:
        sentence = f"Not more than the longest a reservation may last, {organization.reservation_max_hours} hours."
        raise InvalidInput(fields={"reservation_hours": [sentence]})
    after = {name: getattr(organization, name) for name in CHANGEABLE}
    if after != before:
        organization.save(update_fields=list(CHANGEABLE))
        audit.record(
            "accounts.organization.changed",
            acting_as=acting_as,
            object_type="organization",
            object_id=organization.pk,
            object_label=organization.name,
            before=before,
            after=after,
        )
    if any(after[name] != before[name] for name in OF_ALERTS):
        organization_id = organization.pk
        transaction.on_commit(lambda: queue.ring(ALERT_RULES_CHANGED, organization_id=organization_id))
    return organization
