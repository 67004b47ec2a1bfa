"""What a try leads to: the endpoint moves on, waits for the next try, or is given up."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from audit import services as audit
from audit.selectors.feed import Cursor
from inventory_project.kernel import clock
from inventory_project.kernel.access import SYSTEM, Actor
from webhooks.choices import DeliveryKind, DeliveryStatus, EndpointState
from webhooks.models import LONGEST_ANSWER, WebhookDelivery, WebhookEndpoint
from webhooks.services.batches import Batch

if TYPE_CHECKING:
    from webhooks.services.wire import Answer

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=6)
JITTER = 0.2
GONE = 410
_RANDOM = random.SystemRandom()


def pause_after(failures: int, *, asked: float = 0.0) -> timedelta:
    """How long to wait after so many failures in a row: twice as long each time, and never quite alike.

    Not less than the seconds the receiver asked for, nor longer than ever for its sake.
    """
    steps = min(failures - 1, 20)
    own = min(FIRST_PAUSE * 2**steps, LONGEST_PAUSE) * _RANDOM.uniform(1 - JITTER, 1 + JITTER)
    return max(own, timedelta(seconds=min(asked, LONGEST_PAUSE.total_seconds())))


def begin(delivery: WebhookDelivery, batch: Batch, *, at: datetime) -> None:
    """Count a try, before it is made."""
    _write(
        delivery,
        attempts=delivery.attempts + 1,
        attempted_at=at,
        events=len(batch.events),
        **({} if delivery.kind == DeliveryKind.PING else {"until": str(batch.until)}),
    )


def note(delivery: WebhookDelivery, answer: Answer) -> None:
    """Keep what the receiver said, and draw the consequence in the same transaction."""
    endpoint = WebhookEndpoint.objects.select_for_update(no_key=True).filter(pk=delivery.endpoint_id).first()
    present = WebhookDelivery.objects.filter(pk=delivery.pk).first()
    if endpoint is None or present is None:
        return  # deleted meanwhile
    _write(
        present,
        response_status=answer.status,
        duration_ms=round(answer.seconds * 1000),
        answer=_readable(answer.body),
        error=answer.error,
    )
    if present.status != DeliveryStatus.PENDING:
        return  # the endpoint was sent elsewhere meanwhile
    if answer.is_taken:
        _end(present, DeliveryStatus.DELIVERED)
    elif present.kind != DeliveryKind.EVENTS:
        _end(present, DeliveryStatus.FAILED)
    if present.kind != DeliveryKind.EVENTS:
        return
    if answer.is_taken:
        _taken(endpoint, present)
    else:
        _failed(endpoint, present, answer)


def _taken(endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> None:
    _write(endpoint, last_delivered_at=clock.now())
    reach(endpoint, Cursor.parse(delivery.until))


def _failed(endpoint: WebhookEndpoint, delivery: WebhookDelivery, answer: Answer) -> None:
    now = clock.now()
    since = endpoint.failing_since or now
    said = answer.error or f"The receiver answered {answer.status}."
    is_over = now - since >= timedelta(hours=settings.WEBHOOK_GIVE_UP_HOURS)
    if is_over or answer.status == GONE:
        _end(delivery, DeliveryStatus.DEAD)
        _write(endpoint, failures=endpoint.failures + 1, failing_since=since)
        pause(endpoint, said)
        return
    failures = endpoint.failures + 1
    _write(
        endpoint,
        state=EndpointState.RETRYING,
        reason=said[:300],
        failures=failures,
        failing_since=since,
        next_attempt_at=now + pause_after(failures, asked=answer.retry_after),
    )


def pause(endpoint: WebhookEndpoint, reason: str, *, acting_as: Actor = SYSTEM) -> None:
    """Give up until somebody resumes it. The place in the log stays: nothing is skipped."""
    now = clock.now()
    _write(endpoint, state=EndpointState.PAUSED, reason=reason[:300], next_attempt_at=None, tell_at=now)
    audit.record(
        "webhooks.endpoint.paused",
        acting_as=acting_as,
        object_type="endpoint",
        object_id=endpoint.pk,
        object_label=str(endpoint),
        detail={"reason": endpoint.reason, "failures": endpoint.failures, "cursor": str(endpoint.cursor)},
    )


def refuse(endpoint: WebhookEndpoint, asked: WebhookDelivery | None, reason: str) -> None:
    """Nothing can be sent: what was asked for fails, and without such the endpoint is given up."""
    if asked is None:
        pause(endpoint, reason)
        return
    _write(asked, error=reason[:300])
    _end(asked, DeliveryStatus.FAILED)


def resume(endpoint: WebhookEndpoint) -> None:
    """Go on from its place in the log."""
    _write(endpoint, tell_at=None, **_fine())


def replace(delivery: WebhookDelivery) -> None:
    """The endpoint stands elsewhere in the log now, so this batch is not tried again."""
    _end(delivery, DeliveryStatus.REPLACED)


def reach(endpoint: WebhookEndpoint, place: Cursor) -> None:
    """Everything before this place was taken, or was not for this endpoint."""
    move(endpoint, place)
    if endpoint.state == EndpointState.RETRYING:
        resume(endpoint)


def move(endpoint: WebhookEndpoint, to: Cursor) -> None:
    """The caller holds the endpoint."""
    if to != endpoint.cursor:
        _write(endpoint, cursor_xid=to.xid, cursor_sequence=to.sequence)


def _fine() -> dict[str, Any]:
    return {
        "state": EndpointState.OK,
        "reason": "",
        "failures": 0,
        "failing_since": None,
        "next_attempt_at": None,
    }


def _end(delivery: WebhookDelivery, status: DeliveryStatus) -> None:
    _write(delivery, status=status, finished_at=clock.now())


def _write(record: WebhookDelivery | WebhookEndpoint, **values: Any) -> None:
    """The sender's own fields: they are no change by anybody, so version and `updated_at` stay."""
    type(record).objects.filter(pk=record.pk).update(**values)
    for name, value in values.items():
        setattr(record, name, value)


def _readable(body: bytes) -> str:
    """The beginning of an answer as text that can be stored and shown."""
    text = body[: LONGEST_ANSWER * 4].decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "\ufffd" for sign in text[:LONGEST_ANSWER])
