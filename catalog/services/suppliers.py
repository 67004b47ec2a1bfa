"""The only writer of suppliers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.changes import Noun
from catalog.models import Supplier
from inventory_project.kernel import records
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import AlreadyExists

SUPPLIER = Noun(
    model=Supplier,
    name="catalog.supplier",
    fields=("name", "contact_name", "email", "phone", "address", "lead_time_days", "is_active"),
    refusals={"supplier_name_unique": (AlreadyExists, "name", "Another supplier already has this name.")},
)


def create(*, acting_as: Actor, values: Mapping[str, Any]) -> Supplier:
    """Add a supplier. Raises AlreadyExists naming `name`."""
    return SUPPLIER.create(values, acting_as=acting_as)


def update(
    *, acting_as: Actor, record: Supplier, values: Mapping[str, Any], expected: records.Versions = None
) -> Supplier:
    """Change the given fields. Raises StaleVersion or ChangedMeanwhile, AlreadyExists naming `name`."""
    return SUPPLIER.change("updated", record, values, acting_as=acting_as, expected=expected)


def remove(*, acting_as: Actor, record: Supplier, expected: records.Versions = None) -> bool:
    """Delete the supplier, or make it inactive when products name it. True when it is gone."""
    if SUPPLIER.delete(record, acting_as=acting_as, expected=expected):
        return True
    SUPPLIER.change("retired", record, {"is_active": False}, acting_as=acting_as, expected=expected)
    return False


def restore(*, acting_as: Actor, record: Supplier, expected: records.Versions = None) -> Supplier:
    """Make an inactive supplier active again."""
    return SUPPLIER.change("restored", record, {"is_active": True}, acting_as=acting_as, expected=expected)
