"""Entries of the log for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework.test import APIClient

from accounts.models import Organization
from audit import services
from audit.models import AuditEntry
from audit.services import Entry
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Actor
from tests.factories.accounts import api_client, build_member, build_token

AMINA = Actor(user_id=1, label="amina", request_id="request-1")


def build_entry(**values: Any) -> Entry:
    defaults: dict[str, Any] = {
        "action": "catalog.product.updated",
        "acting_as": AMINA,
        "object_type": "product",
        "object_id": 1,
        "object_label": "Tea",
    }
    return Entry(**{**defaults, **values})


def build_movement(**values: Any) -> Entry:
    """An entry as the ledger writes it."""
    return build_entry(
        **{"action": "stock.movement.applied", "object_type": "movement", "store_id": 1, "product_id": 1, **values}
    )


def write_entries(organization_id: int, entries: Sequence[Entry]) -> list[int]:
    """Record them as one block; their sequences."""
    with tenancy.scope(organization_id):
        newest = AuditEntry.objects.order_by("-sequence").first()
        services.record_many(entries)
        found = AuditEntry.objects.filter(sequence__gt=newest.sequence if newest else 0).order_by("sequence")
        return list(found.values_list("sequence", flat=True))


def write_entry(organization_id: int, **values: Any) -> int:
    return write_entries(organization_id, [build_entry(**values)])[0]


def client_of(organization: Organization, role: str = "admin", **values: Any) -> APIClient:
    """A client whose token belongs to a new member; `values` as for build_member."""
    return api_client(build_token(build_member(organization, role=role, **values)))
