"""Reading the log for listeners."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connections

from audit.selectors import feed
from audit.selectors.feed import Cursor
from audit.selectors.tail import tail
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


def grown(organization_id: int, since: Cursor) -> Page:
    """Everything of the organisation's log after `since`, a page of it."""
    with _asking(organization_id):
        page = tail(since=since, limit=PAGE)
    return Page([Event(entry) for entry in page.entries], page.next, page.has_more, page.held_back)


def missed(access: Access, since: Cursor, wanted: Wanted) -> Page:
    """What one listener has missed since then, a page of it; with what is for others where the log cannot choose."""
    with _asking(access.organization_id):
        page = feed(
            access=access,
            since=str(since),
            limit=PAGE,
            stores=None if wanted.storeless else wanted.stores,
            types=wanted.types,
            kinds=wanted.kinds,
        )
    return Page([Event(entry) for entry in page.entries], page.next, page.has_more, held_back=False)


@contextmanager
def _asking(organization_id: int) -> Iterator[None]:
    try:
        with tenancy.scope(organization_id):
            yield
    except (OperationalError, InterfaceError):
        connections.close_all()  # this thread's: what comes next begins with a fresh one
        raise
