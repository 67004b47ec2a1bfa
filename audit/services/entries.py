"""Appending to the log, in the transaction that makes the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
from django.db import transaction

from audit.models import PLATFORM_ORGANIZATION
from inventory_project.kernel import log_bell, request_context, sql, tenancy
from inventory_project.kernel.access import SYSTEM, Actor

APPEND = Path(__file__).parent.parent / "sql" / "append.sql"

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is to be remembered of one change. `before` and `after` hold the fields that changed, as plain values."""

    action: str
    acting_as: Actor
    object_type: str = ""
    object_id: object = ""
    object_label: str = ""
    store_id: int | None = None
    product_id: int | None = None
    before: Facts | None = None
    after: Facts | None = None
    detail: Facts | None = None


def record(
    action: str,
    *,
    acting_as: Actor,
    object_type: str,
    object_id: object,
    object_label: str = "",
    store_id: int | None = None,
    product_id: int | None = None,
    before: Facts | None = None,
    after: Facts | None = None,
    detail: Facts | None = None,
) -> None:
    """Remember one change for the bound organisation; it is kept or lost together with the change itself."""
    entry = Entry(
        action=action,
        acting_as=acting_as,
        object_type=object_type,
        object_id=object_id,
        object_label=object_label,
        store_id=store_id,
        product_id=product_id,
        before=before,
        after=after,
        detail=detail,
    )
    record_many([entry])


def record_many(entries: Sequence[Entry]) -> None:
    """Remember many changes for the bound organisation: one statement, one sealed block.

    Raises NoOrganization outside a scope.
    """
    organization_id = tenancy.current_organization_id()
    if entries:
        _append(organization_id, entries, using="default")
        log_bell.ring_after_commit()


def record_platform(
    action: str,
    *,
    acting_as: Actor = SYSTEM,
    object_type: str = "",
    object_id: object = "",
    object_label: str = "",
    detail: Facts | None = None,
) -> None:
    """Remember a security event that belongs to no organisation, such as a sign-in under an unknown name.

    It is written at once over the platform's own connection: a refused request is rolled back, its trace is not.
    """
    entry = Entry(
        action=action,
        acting_as=acting_as,
        object_type=object_type,
        object_id=object_id,
        object_label=object_label,
        detail=detail,
    )
    with transaction.atomic(using="platform"):
        sql.rows("SELECT set_config('app.organization', '0', true)", {}, using="platform")
        _append(PLATFORM_ORGANIZATION, [entry], using="platform")


def _append(organization_id: int, entries: Sequence[Entry], *, using: str) -> None:
    body = orjson.dumps([_as_row(entry) for entry in entries], default=_plain, option=orjson.OPT_NON_STR_KEYS)
    sql.rows(sql.statement(APPEND), {"organization_id": organization_id, "entries": body.decode()}, using=using)


def _as_row(entry: Entry) -> dict[str, Any]:
    # Not dataclasses.asdict: it copies every value, which costs more than writing the entry.
    return {
        "actor_id": entry.acting_as.user_id,
        "actor_label": entry.acting_as.label,
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": str(entry.object_id),
        "object_label": entry.object_label,
        "store_id": entry.store_id,
        "product_id": entry.product_id,
        "before": entry.before,
        "after": entry.after,
        "detail": entry.detail,
        "request_id": entry.acting_as.request_id or request_context.request_id(),
    }


def _plain(value: Any) -> Any:
    """What JSON has no word for: a Decimal is written digit for digit, the rest as text."""
    return orjson.Fragment(format(value, "f")) if isinstance(value, Decimal) else str(value)
