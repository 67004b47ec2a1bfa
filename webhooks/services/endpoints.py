"""The only writer of endpoints as people set them. What the sender itself writes is in `outcomes`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from audit.changes import Noun
from audit.selectors import lines
from audit.selectors.feed import Cursor, position_of
from inventory_project.kernel import clock, log_bell, queue, records, sql, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput, PermissionRefused
from stores import selectors as stores
from webhooks import event_types
from webhooks.choices import DeliveryKind, DeliveryStatus, EndpointState
from webhooks.errors import NothingToReplay, NothingToResume, TooManyEndpoints
from webhooks.models import WebhookDelivery, WebhookEndpoint
from webhooks.services import addresses, outcomes, secrets
from webhooks.services.serving import TASK

MOST_ENDPOINTS = 20
ENDPOINT = Noun(
    model=WebhookEndpoint,
    name="webhooks.endpoint",
    fields=("url", "description", "types", "stores", "includes_costs", "batch_size", "is_active"),
)


def create(*, acting_as: Actor, access: Access, values: Mapping[str, Any]) -> WebhookEndpoint:
    """An endpoint that is sent what happens from now on; its secret is `secrets.secret_of(endpoint.secret_seed)`.

    Raises InvalidInput naming fields, PermissionRefused, TooManyEndpoints.
    """
    given = {"stores": None, "includes_costs": False, **values}
    _judge(given, access)
    organization_id = tenancy.current_organization_id()
    sql.rows("SELECT pg_advisory_xact_lock(hashtextextended(%(key)s, 0))", {"key": f"webhooks:{organization_id}"})
    if WebhookEndpoint.objects.count() >= MOST_ENDPOINTS:
        raise TooManyEndpoints()
    start = position_of("now", now=lines.horizon())
    made = {"secret_seed": secrets.new_seed(), "cursor_xid": start.xid, "cursor_sequence": start.sequence}
    endpoint = ENDPOINT.create({**given, **made}, acting_as=acting_as)
    transaction.on_commit(lambda: log_bell.listen([organization_id]))
    return endpoint


def update(
    *,
    acting_as: Actor,
    access: Access,
    record: WebhookEndpoint,
    values: Mapping[str, Any],
    expected: records.Versions = None,
) -> WebhookEndpoint:
    """Change the given fields; the next try already follows them.

    Raises InvalidInput naming fields, PermissionRefused, StaleVersion, ChangedMeanwhile.
    """
    present = {"stores": record.stores, "includes_costs": record.includes_costs}
    _judge({**present, **values}, access)
    endpoint = ENDPOINT.change("updated", record, values, acting_as=acting_as, expected=expected)
    _ring_after_commit(endpoint)
    return endpoint


def remove(*, acting_as: Actor, access: Access, record: WebhookEndpoint, expected: records.Versions = None) -> bool:
    """Delete the endpoint and the list of what was sent to it."""
    return ENDPOINT.delete(record, acting_as=acting_as, expected=expected)


def rotate(*, acting_as: Actor, access: Access, record: WebhookEndpoint, overlap_hours: int) -> WebhookEndpoint:
    """A new secret; the old one signs beside it for so many hours. A third one, older still, ends at once."""
    _judge_costs(record.includes_costs, access)
    endpoint = _held(record)
    keeps = overlap_hours > 0
    endpoint.previous_seed = endpoint.secret_seed if keeps else ""
    endpoint.previous_until = clock.now() + timedelta(hours=overlap_hours) if keeps else None
    endpoint.secret_seed = secrets.new_seed()
    endpoint.save(update_fields=["secret_seed", "previous_seed", "previous_until"])
    ENDPOINT.record("secret_rotated", endpoint, acting_as, detail={"overlap_hours": overlap_hours})
    return endpoint


def test(*, acting_as: Actor, record: WebhookEndpoint) -> WebhookDelivery:
    """Have an event that says nothing sent at once, tried once, whatever the endpoint's state."""
    delivery = _ask(record, kind=DeliveryKind.PING)
    ENDPOINT.record("tested", record, acting_as, detail={"delivery": delivery.pk})
    return delivery


def replay_delivery(*, acting_as: Actor, delivery: WebhookDelivery) -> WebhookDelivery:
    """Have the events of a delivery sent once more, beside the endpoint's own line. Raises NothingToReplay."""
    if delivery.kind == DeliveryKind.PING or delivery.status == DeliveryStatus.PENDING:
        raise NothingToReplay()
    again = _ask(delivery.endpoint, kind=DeliveryKind.REPLAY, after=delivery.after, until=delivery.until)
    ENDPOINT.record("replayed", delivery.endpoint, acting_as, detail={"delivery": delivery.pk, "as": again.pk})
    return again


def replay_since(*, acting_as: Actor, record: WebhookEndpoint, since: str) -> WebhookEndpoint:
    """Set the endpoint's place in the log to a cursor or an instant: all from there on is sent, in order, again.

    Raises InvalidInput, CursorLost.
    """
    endpoint = _held(record)
    horizon = lines.horizon()
    place = position_of(since, now=horizon)
    if place > Cursor(horizon.position, 0):
        raise InvalidInput(fields={"since": ["This cursor lies ahead of the log."]})
    before = str(endpoint.cursor)
    _drop_pending(endpoint)
    outcomes.move(endpoint, place)
    ENDPOINT.record("replayed", endpoint, acting_as, before={"cursor": before}, after={"cursor": str(place)})
    _ring_after_commit(endpoint)
    return endpoint


def resume(*, acting_as: Actor, record: WebhookEndpoint, skip: bool = False) -> WebhookEndpoint:
    """Go on at once with what was given up or waits for its next try; with `skip`, from behind it.

    Raises NothingToResume.
    """
    endpoint = _held(record)
    if endpoint.state == EndpointState.OK:
        raise NothingToResume()
    before = str(endpoint.cursor)
    if skip:
        _skip(endpoint)
    outcomes.resume(endpoint)
    after = {"cursor": str(endpoint.cursor)}
    ENDPOINT.record("resumed", endpoint, acting_as, before={"cursor": before}, after=after)
    _ring_after_commit(endpoint)
    return endpoint


def _skip(endpoint: WebhookEndpoint) -> None:
    """Past the batch that is not taken."""
    stuck = WebhookDelivery.objects.filter(
        endpoint=endpoint,
        kind=DeliveryKind.EVENTS,
        after=str(endpoint.cursor),
        status__in=[DeliveryStatus.PENDING, DeliveryStatus.DEAD],
    )
    batch = stuck.order_by("-id").first()
    if batch is not None:
        outcomes.move(endpoint, Cursor.parse(batch.until))
    _drop_pending(endpoint)


def _judge(values: Mapping[str, Any], access: Access) -> None:
    errors: dict[str, list[str]] = {}
    if "url" in values:
        try:
            addresses.parse(values["url"])
        except addresses.NotAllowed as refused:
            errors["url"] = [str(refused)]
    if unknown := event_types.unknown(values.get("types", [])):
        errors["types"] = [f"There is no event {each!r}; GET /api/webhooks/event-types/ has all." for each in unknown]
    if problem := _judge_stores(values["stores"], access):
        errors["stores"] = [problem]
    if errors:
        raise InvalidInput(fields=errors)
    _judge_costs(values["includes_costs"], access)


def _judge_stores(wanted: list[int] | None, access: Access) -> str:
    if wanted is None:
        return "" if access.store_ids is None else "Name the stores: you may see only some."
    known = set(stores.visible_to(access).filter(pk__in=wanted).values_list("pk", flat=True))
    unknown = sorted(set(wanted) - known)
    return f"No such store: {', '.join(map(str, unknown))}." if unknown else ""


def _judge_costs(includes_costs: bool, access: Access) -> None:
    """Whoever steers where costs are sent could read them there."""
    if includes_costs and not access.sees_costs:
        raise PermissionRefused(
            "You may not see costs, so you cannot steer a webhook that includes them.",
            fields={"includes_costs": ["Set it to false."]},
        )


def _held(record: WebhookEndpoint) -> WebhookEndpoint:
    """As it is now, and the sender waits with its next step until we have ended."""
    endpoint: WebhookEndpoint = WebhookEndpoint.objects.select_for_update(no_key=True).get(pk=record.pk)
    return endpoint


def _drop_pending(endpoint: WebhookEndpoint) -> None:
    for delivery in WebhookDelivery.objects.filter(
        endpoint=endpoint, kind=DeliveryKind.EVENTS, status=DeliveryStatus.PENDING
    ):
        outcomes.replace(delivery)


def _ask(endpoint: WebhookEndpoint, **values: Any) -> WebhookDelivery:
    delivery = WebhookDelivery.objects.create(
        organization_id=endpoint.organization_id, endpoint=endpoint, created_at=clock.now(), **values
    )
    _ring_after_commit(endpoint)
    return delivery


def _ring_after_commit(endpoint: WebhookEndpoint) -> None:
    ids = {"organization_id": endpoint.organization_id, "endpoint_id": endpoint.pk}
    transaction.on_commit(lambda: queue.ring(TASK, **ids))
