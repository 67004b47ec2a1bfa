"""The only writer of stores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from accounts.models import Organization
from audit.changes import Noun
from inventory_project.kernel import records, sql
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import AlreadyExists
from inventory_project.kernel.tenancy import current_organization_id
from stores.models import Store

STORE = Noun(
    model=Store,
    name="stores.store",
    fields=("code", "name", "kind", "location", "region", "time_zone", "currency", "is_active"),
    refusals={"store_code_unique": (AlreadyExists, "code", "Another store already has this code.")},
    places=lambda store: {"store_id": store.pk},
)
_ENSURE = Path(__file__).parent.parent / "sql" / "ensure_stores.sql"


def create(*, acting_as: Actor, values: Mapping[str, Any]) -> Store:
    """Open a store; time zone and currency default to the organisation's.

    Raises AlreadyExists naming `code`.
    """
    return STORE.create({**_defaults(), **values}, acting_as=acting_as)


def update(*, acting_as: Actor, record: Store, values: Mapping[str, Any], expected: records.Versions = None) -> Store:
    """Change the given fields.

    Raises StaleVersion or ChangedMeanwhile when somebody else was first, AlreadyExists naming `code`.
    """
    return STORE.change("updated", record, values, acting_as=acting_as, expected=expected)


def remove(*, acting_as: Actor, record: Store, expected: records.Versions = None) -> bool:
    """Delete the store, or close it when it has history. True when it is gone."""
    if STORE.delete(record, acting_as=acting_as, expected=expected):
        return True
    STORE.change("retired", record, {"is_active": False}, acting_as=acting_as, expected=expected)
    return False


def restore(*, acting_as: Actor, record: Store, expected: records.Versions = None) -> Store:
    """Open a closed store again."""
    return STORE.change("restored", record, {"is_active": True}, acting_as=acting_as, expected=expected)


def ensure_many(rows: Iterable[Mapping[str, Any]], *, acting_as: Actor) -> dict[str, int]:
    """The id of each store, by code as given: missing ones are opened, existing ones are left alone.

    A row has `code` and may have name, kind, location, region, time_zone, currency.
    """
    defaults = _defaults()
    wanted = [{**defaults, "name": row["code"], **row} for row in rows]
    created, ids = sql.ensure_rows(_ENSURE, wanted, key="code")
    opened = Store.objects.filter(pk__in=created).order_by("pk")
    STORE.record_many(
        STORE.entry("created", store, acting_as, after=records.snapshot(store, STORE.fields)) for store in opened
    )
    return ids


def _defaults() -> dict[str, Any]:
    organization = Organization.objects.get(pk=current_organization_id())
    return {"time_zone": organization.time_zone, "currency": organization.currency}
