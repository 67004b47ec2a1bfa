"""Where a listener may stand: its store, and its place in the log."""

from __future__ import annotations

from django.db import InterfaceError, OperationalError, connections

from audit.selectors import lines
from audit.selectors.feed import Cursor, position_of
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access
from stores.models import Store


def are_open(access: Access, store_ids: list[int]) -> bool:
    """Whether all of them are stores of the organisation's that the caller may see."""
    if not all(map(access.allows_store, store_ids)):
        return False
    try:
        with tenancy.scope(access.organization_id):
            return bool(Store.objects.filter(pk__in=store_ids).count() == len(store_ids))
    except (OperationalError, InterfaceError):
        connections.close_all()
        raise


def position(organization_id: int, since: str) -> Cursor:
    """The place in the log that a cursor, a timestamp or "now" names. Raises InvalidInput, CursorLost."""
    try:
        with tenancy.scope(organization_id):
            return position_of(since, now=lines.horizon())
    except (OperationalError, InterfaceError):
        connections.close_all()
        raise
