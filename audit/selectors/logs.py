"""The log newest first, and who may see what of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from audit.models import MOVEMENT, AuditEntry
from inventory_project.kernel.access import Access, Role

# People, sign-ins and tokens; and where the log itself is sent. For admins.
WEBHOOKS = "webhooks."
SECURITY = ("accounts.", WEBHOOKS)
STOCK = "stock."
ALERT = "alert."
# What everybody sees of the own stores.
EVERYDAY = (STOCK, ALERT)
# The rooms whose entries a token may also see under the scope of the room itself.
ROOMS = ("catalog", "stores")
# Keys of before, after and detail that a caller without the right to costs does not see.
COST_WORDS = ("cost", "margin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the caller asks for; None asks for everything."""

    action: str | None = None
    object_type: str | None = None
    object_id: str | None = None
    user: int | None = None
    store: int | None = None
    product: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    request_id: str | None = None


def visible_to(access: Access) -> Q:
    """What one caller may see.

    Staff see the stock events and alerts of their own stores. Managers see everything of their own stores, and what
    belongs to no store except people and security. Admins see those too. A token without `audit:read` sees stock and
    alerts, and of the other rooms what it may read there.
    """
    in_own_stores = Q(store_id__isnull=False) if access.store_ids is None else Q(store_id__in=access.store_ids)
    everyday = Q(action__startswith=STOCK) | Q(action__startswith=ALERT)
    if not access.role.at_least(Role.MANAGER):
        return everyday & in_own_stores
    everywhere = Q() if access.store_ids is None else in_own_stores | Q(store_id__isnull=True)
    if not access.allows_scope("audit", write=False):
        rooms = everyday
        for room in ROOMS:
            if access.allows_scope(room, write=False):
                rooms |= Q(action__startswith=f"{room}.")
        return everywhere & rooms
    for security in _hidden(access):
        everywhere &= ~Q(action__startswith=security)
    return everywhere


def _hidden(access: Access) -> tuple[str, ...]:
    """A webhook belongs to no store and names any: who is limited to stores does not read of it."""
    if access.role is not Role.ADMIN:
        return SECURITY
    return () if access.store_ids is None else (WEBHOOKS,)


def sees(access: Access, *, action: str, store_id: int | None) -> bool:
    """`visible_to` asked of one entry that is read already. A test holds the two together."""
    if store_id is None:
        in_own_stores, everywhere = False, True
    else:
        in_own_stores = everywhere = access.allows_store(store_id)
    if not access.role.at_least(Role.MANAGER):
        return in_own_stores and action.startswith(EVERYDAY)
    if not everywhere:
        return False
    if not access.allows_scope("audit", write=False):
        rooms = [f"{room}." for room in ROOMS if access.allows_scope(room, write=False)]
        return action.startswith((*EVERYDAY, *rooms))
    return not action.startswith(_hidden(access))


def logs(filters: Filters, *, access: Access) -> QuerySet[AuditEntry]:
    """The bound organisation's entries that match, as far as the caller may see them, newest first."""
    given = {
        "object_type": filters.object_type,
        "object_id": filters.object_id,
        "actor_id": filters.user,
        "store_id": filters.store,
        "product_id": filters.product,
        "occurred_at__gte": filters.since,
        "occurred_at__lt": filters.until,
        "request_id": filters.request_id,
    }
    conditions = Q(**{name: value for name, value in given.items() if value is not None})
    if filters.action is not None:
        conditions &= by_action(filters.action)
    found: QuerySet[AuditEntry] = AuditEntry.objects.filter(visible_to(access), conditions)
    return found.order_by("-sequence")


def by_action(action: str) -> Q:
    """An action by its full name, or every action that begins with a prefix such as `stock.` or `catalog.product.`."""
    wanted = Q(action__startswith=action) if action.endswith(".") else Q(action=action)
    # Entries outside the ledger are few and have an index of their own; saying so lets PostgreSQL use it.
    return wanted if STOCK.startswith(action) or action.startswith(STOCK) else wanted & ~Q(object_type=MOVEMENT)


def without_costs(facts: Any) -> Any:
    """The same facts with every cost left out, however deep."""
    if isinstance(facts, dict):
        return {
            name: without_costs(value)
            for name, value in facts.items()
            if not any(word in name.lower() for word in COST_WORDS)
        }
    if isinstance(facts, list):
        return [without_costs(value) for value in facts]
    return facts
