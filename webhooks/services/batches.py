"""What goes into one request: events of the log in its order, as many as the endpoint takes and the size allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from audit import selectors as log
from audit.models import AuditEntry
from audit.selectors.events import described
from audit.selectors.feed import Cursor, cursor_of
from inventory_project.kernel.json import plain
from webhooks.models import MOST_EVENTS, WebhookDelivery, WebhookEndpoint

# A request is no larger; an event that alone is larger goes alone.
MOST_BYTES = 256 * 1024
PING = "webhooks.ping"


@dataclass(frozen=True, slots=True)
class Batch:
    """Events as JSON texts, and the place in the log that is reached once they are taken."""

    events: list[bytes]
    until: Cursor
    first_id: str = ""

    def body(self, *, endpoint_id: int, delivery_id: int) -> bytes:
        """The request's body: the same bytes in every try."""
        return b'{"webhook":%d,"delivery":%d,"events":[%s]}' % (endpoint_id, delivery_id, b",".join(self.events))


def after(endpoint: WebhookEndpoint, *, since: Cursor) -> Batch:
    """What comes next, inside the organisation's scope. Without events the place still moves on. Raises CursorLost."""
    page = log.feed(
        access=None, since=str(since), limit=endpoint.batch_size, stores=endpoint.stores, types=endpoint.types
    )
    return _fitting(endpoint, page.entries, page.next)


def between(endpoint: WebhookEndpoint, *, since: Cursor, until: Cursor, most: int = MOST_EVENTS) -> Batch:
    """The events of a range that was sent before; fewer when the endpoint has chosen others meanwhile."""
    page = log.feed(access=None, since=str(since), limit=most, stores=endpoint.stores, types=endpoint.types)
    entries = [entry for entry in page.entries if cursor_of(entry) <= until]
    is_all = len(entries) < len(page.entries) or not page.has_more
    return _fitting(endpoint, entries, until if is_all else cursor_of(entries[-1]))


def ping(delivery: WebhookDelivery, endpoint: WebhookEndpoint) -> Batch:
    """One event that is in no log, in the shape of those that are."""
    entry = AuditEntry(
        organization_id=delivery.organization_id,
        sequence=0,
        occurred_at=delivery.created_at,
        chain=0,
        block=0,
        actor_label="system",
        action=PING,
        object_type="endpoint",
        object_id=str(endpoint.pk),
        object_label=str(endpoint),
        request_id="",
        xid=0,
    )
    return Batch([_text(described(entry, sees_costs=False))], Cursor(0, 0), "0.0")


def _fitting(endpoint: WebhookEndpoint, entries: list[AuditEntry], end: Cursor) -> Batch:
    texts: list[bytes] = []
    size = 0
    for entry in entries:
        text = _text(described(entry, sees_costs=endpoint.includes_costs))
        size += len(text) + 1
        if texts and size > MOST_BYTES:
            end = cursor_of(entries[len(texts) - 1])
            break
        texts.append(text)
    return Batch(texts, end, str(cursor_of(entries[0])) if entries else "")


def _text(event: dict[str, Any]) -> bytes:
    return orjson.dumps(event, default=plain)
