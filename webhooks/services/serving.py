"""Sending one endpoint what waits for it, in order, by one worker at a time.

1. A delivery is planned and committed: which events, counted as a try.
2. It is sent, with no transaction open.
3. What became of it is committed together with the endpoint's new place in the log.

A worker that dies after the second step leaves a delivery whose end is unknown: it is sent again, the same events under
the same number. So each event arrives at least once, and none before those that come before it in the log.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.conf import settings

from audit.errors import CursorLost
from audit.selectors.feed import Cursor
from inventory_project.kernel import clock, log_bell, queue, sql, tenancy
from webhooks.choices import DeliveryKind, DeliveryStatus, EndpointState
from webhooks.errors import SecretLost
from webhooks.models import WebhookDelivery, WebhookEndpoint
from webhooks.selectors import due as selectors
from webhooks.services import alarms, batches, outcomes, secrets
from webhooks.services.batches import Batch

TASK = "webhooks.serve_endpoint"
AGENT = "Onhand-Webhooks/1"
# An endpoint that always has more gives its worker back this often, so that others have their turn.
VISIT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery ready to be sent."""

    delivery: WebhookDelivery
    url: str
    body: bytes
    headers: dict[str, str]


def serve(*, organization_id: int, endpoint_id: int, seconds: float = VISIT_SECONDS) -> bool:
    """Send what waits, until there is nothing, a try fails, or the time is up. False when it is not our turn."""
    with sql.alone(f"webhook:{endpoint_id}") as got, _place(organization_id, endpoint_id) as has_place:
        if not (got and has_place):
            return False
        is_left = _visit(organization_id, endpoint_id, until=time.monotonic() + seconds)
        alarms.tell_if_due(organization_id=organization_id, endpoint_id=endpoint_id)
    if is_left:
        queue.ring(TASK, organization_id=organization_id, endpoint_id=endpoint_id)
    return True


def serve_organization(*, organization_id: int) -> None:
    """The organisation's log has grown: ring for each of its endpoints that has something to send."""
    log_bell.answer(organization_id)
    for found in selectors.due(organization_id=organization_id):
        queue.ring(TASK, **found)


def sweep() -> None:
    """Ring for whatever waits, in all organisations, and say whose logs are listened to."""
    log_bell.listen(selectors.listening())
    for found in selectors.due():
        queue.ring(TASK, **found)


@contextmanager
def _place(organization_id: int, endpoint_id: int) -> Iterator[bool]:
    """A place among the senders. Endpoints whose last try failed share some of them, so that any number of receivers
    that let us wait leave the others theirs; one that finds none free is rung for again by the sweep."""
    with tenancy.scope(organization_id):
        is_failing = WebhookEndpoint.objects.filter(pk=endpoint_id, failures__gt=0).exists()
    with ExitStack() as places:
        shared = range(settings.WEBHOOK_RETRIES_AT_ONCE if is_failing else 0)
        yield not is_failing or any(places.enter_context(sql.alone(f"webhook retry {place}")) for place in shared)


def _visit(organization_id: int, endpoint_id: int, *, until: float) -> bool:
    """True when the time was up before the work was done."""
    from webhooks.services.wire import Line  # an HTTP client is heavy, and only the sender needs it

    line = Line()
    try:
        while True:
            with tenancy.scope(organization_id, durable=True):
                parcel = _next(endpoint_id)
            if parcel is None:
                return False
            answer = line.post(parcel.url, parcel.body, parcel.headers)
            with tenancy.scope(organization_id, durable=True):
                outcomes.note(parcel.delivery, answer)
            if time.monotonic() > until:
                return True
    finally:
        line.close()


def _next(endpoint_id: int) -> Parcel | None:
    """What is to be sent now, written down as a try; None when there is nothing."""
    endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).filter(pk=endpoint_id).first()
    if endpoint is None:
        return None
    asked = _asked_for(endpoint)
    try:
        found = _in_line(endpoint) if asked is None else (asked, _batch_of(asked, endpoint))
        return None if found is None else _parcel(endpoint, *found)
    except (CursorLost, SecretLost) as error:
        outcomes.refuse(endpoint, asked, error.detail)
        return None


def _asked_for(endpoint: WebhookEndpoint) -> WebhookDelivery | None:
    """A test or a replay: these do not wait for the endpoint's line, and are sent to one that is paused as well."""
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, status=DeliveryStatus.PENDING)
    found: WebhookDelivery | None = waiting.exclude(kind=DeliveryKind.EVENTS).order_by("id").first()
    return found


def _batch_of(asked: WebhookDelivery, endpoint: WebhookEndpoint) -> Batch:
    if asked.kind == DeliveryKind.PING:
        return batches.ping(asked, endpoint)
    return batches.between(endpoint, since=Cursor.parse(asked.after), until=Cursor.parse(asked.until))


def _in_line(endpoint: WebhookEndpoint) -> tuple[WebhookDelivery, Batch] | None:
    """The batch whose end is not known, or a new one from the endpoint's place in the log on."""
    is_early = endpoint.next_attempt_at is not None and endpoint.next_attempt_at > clock.now()
    if not endpoint.is_active or endpoint.state == EndpointState.PAUSED or is_early:
        return None
    lines = WebhookDelivery.objects.filter(endpoint=endpoint, kind=DeliveryKind.EVENTS)
    delivery = lines.filter(status=DeliveryStatus.PENDING).first()
    if delivery is not None:
        until = Cursor.parse(delivery.until)
        batch = batches.between(endpoint, since=endpoint.cursor, until=until)
        if not batch.events:  # the endpoint has chosen other events since
            outcomes.replace(delivery)
            delivery = None
    if delivery is None:
        batch = batches.after(endpoint, since=endpoint.cursor)
        if not batch.events:
            outcomes.reach(endpoint, batch.until)
            return None
        delivery = WebhookDelivery.objects.create(
            organization_id=endpoint.organization_id,
            endpoint=endpoint,
            after=str(endpoint.cursor),
            until=str(batch.until),
            events=len(batch.events),
        )
    return delivery, batch


def _parcel(endpoint: WebhookEndpoint, delivery: WebhookDelivery, batch: Batch) -> Parcel:
    """Signed for this moment. Raises SecretLost."""
    now = clock.now()
    body = batch.body(endpoint_id=endpoint.pk, delivery_id=delivery.pk)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "Accept-Encoding": "identity",
        "Onhand-Delivery": str(delivery.pk),
        "Onhand-Event-Id": batch.first_id,
        "Onhand-Signature": secrets.signature(body, using=secrets.in_force(endpoint, at=now), at=now),
    }
    outcomes.begin(delivery, batch, at=now)
    return Parcel(delivery, endpoint.url, body, headers)
