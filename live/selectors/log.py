"""Reading the log for listeners."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connections

from audit.selectors import feed
from audit.selectors.feed import Cursor
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access
from live.events import Event, Wanted

PAGE = 500


@dataclass(frozen=True, slots=True)
class Page:
    """What was committed since the last page. `held_back`: more is, and waits for an earlier transaction to end."""

    events: list[Event]
    next: Cursor
    has_more: bool
    held_back: bool


def grown(organization_id: int, since: str) -> Page:
    """Everything of the organisation's log after `since`, a page of it."""
    return _read(organization_id, since, access=None, wanted=Wanted())


def missed(access: Access, since: str, wanted: Wanted) -> Page:
    """What one listener has missed since then, a page of it."""
    return _read(access.organization_id, since, access=access, wanted=wanted)


def _read(organization_id: int, since: str, *, access: Access | None, wanted: Wanted) -> Page:
    try:
        with tenancy.scope(organization_id):
            page = feed(
                access=access,
                since=since,
                limit=PAGE,
                stores=wanted.stores,
                types=wanted.types,
                kinds=wanted.kinds,
            )
            held_back = access is None and not page.has_more and page.held_back()
    except (OperationalError, InterfaceError):
        connections.close_all()  # this thread's: what comes next begins with a fresh one
        raise
    return Page([Event(entry) for entry in page.entries], page.next, page.has_more, held_back)
