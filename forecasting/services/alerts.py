"""What people decide about alerts: I know, not now, who sees to it, done. Raising and closing is in `alert_reviews`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from audit import services as audit
from forecasting.errors import AlertNotFound, AlertOver
from forecasting.models import Alert
from forecasting.models.alerts import AlertStatus
from forecasting.selectors import alerts as selectors
from forecasting.services import alert_reviews
from forecasting.services.line_decisions import check_role
from inventory_project.kernel import clock, records
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput

LONGEST_SNOOZE = timedelta(days=90)
MOST_AT_ONCE = 500


def acknowledge(*, alert_ids: Sequence[int], note: str = "", access: Access, acting_as: Actor) -> int:
    """Somebody has seen them: all or none. How many were not acknowledged already.

    Raises PermissionRefused, InvalidInput naming rows that are no alerts, AlertOver naming those that are over.
    """
    found = _taken(alert_ids, access)
    new = [alert for alert in found if alert.status != AlertStatus.ACKNOWLEDGED or note.strip()]
    values = {"status": AlertStatus.ACKNOWLEDGED, "snoozed_until": None, "note": note.strip()}
    _decide("acknowledged", new, values, acting_as=acting_as)
    return len(new)


def snooze(*, alert_id: int, until: datetime, note: str = "", access: Access, acting_as: Actor) -> None:
    """Not before this moment, unless it gets worse. Raises InvalidInput naming `until`, and what every step raises."""
    alert = taken(alert_id, access)
    now = clock.now()
    if not now < until <= now + LONGEST_SNOOZE:
        raise InvalidInput(fields={"until": [f"A moment to come, at most {LONGEST_SNOOZE.days} days away."]})
    values = {"status": AlertStatus.SNOOZED, "snoozed_until": until, "note": note.strip()}
    _decide("snoozed", [alert], values, acting_as=acting_as, detail={"until": until.isoformat()})


def resolve(*, alert_id: int, note: str = "", access: Access, acting_as: Actor) -> None:
    """Somebody has seen to it. While its cause lasts it stays silent, unless it gets worse."""
    alert = taken(alert_id, access)
    values = {"status": AlertStatus.RESOLVED, "snoozed_until": None, "note": note.strip()}
    _decide("resolved", [alert], values, acting_as=acting_as)


def assign(*, alert_id: int, user_id: int | None, access: Access, acting_as: Actor) -> None:
    """Whose it is; None: nobody's. Raises InvalidInput naming `user` when that is no member who sees the store."""
    alert = taken(alert_id, access)
    name = "" if user_id is None else _name_of(user_id, alert.store_id)
    values = {"assignee_id": user_id, "assignee": name}
    _decide("assigned", [alert], values, acting_as=acting_as, detail={"assignee": name})


def taken(alert_id: int, access: Access) -> Alert:
    """One alert, held, that is not over. Raises PermissionRefused, AlertNotFound, AlertOver."""
    check_role(access)
    found: Alert | None = _held(access).filter(pk=alert_id).first()
    if found is None:
        raise AlertNotFound()
    if found.closed_at is not None:
        raise AlertOver()
    return found


def note_step(verb: str, alert: Alert, values: Mapping[str, Any], *, acting_as: Actor, detail: dict[str, Any]) -> None:
    """Write down a step that was taken in the caller's transaction."""
    _decide(verb, [alert], values, acting_as=acting_as, detail=detail)


def _held(access: Access) -> Any:
    rows = selectors.visible_to(access).select_related("store", "product")
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def _taken(alert_ids: Sequence[int], access: Access) -> list[Alert]:
    check_role(access)
    found = {alert.pk: alert for alert in _held(access).filter(pk__in=alert_ids)}
    missing = {str(row): ["No such alert."] for row, pk in enumerate(alert_ids, start=1) if pk not in found}
    if missing:
        raise InvalidInput(fields={"alerts": missing})
    over = {
        str(row): ["This alert is over."]
        for row, pk in enumerate(alert_ids, start=1)
        if found[pk].closed_at is not None
    }
    if over:
        raise AlertOver(fields={"alerts": over})
    return list(found.values())


def _decide(
    verb: str,
    alerts: Sequence[Alert],
    values: Mapping[str, Any],
    *,
    acting_as: Actor,
    detail: dict[str, Any] | None = None,
) -> None:
    who = {"decided_by_id": acting_as.user_id, "decided_by": acting_as.label[:150], "decided_at": clock.now()}
    entries = []
    for alert in alerts:
        before = alert.status
        records.save_changes(alert, {**values, **who})
        said = {"note": alert.note, **(detail or {})}
        entries.append(alert_reviews.entry(verb, _row(alert, before), acting_as, said))
    audit.record_many(entries)


def _row(alert: Alert, status_before: str) -> dict[str, Any]:
    return {
        "id": alert.pk,
        "store": alert.store_id,
        "product": alert.product_id,
        "sku": alert.product.sku,
        "store_name": alert.store.name,
        "kind": alert.kind,
        "severity": alert.severity,
        "severity_before": alert.severity,
        "status": str(alert.status),
        "status_before": str(status_before),
        "available": float(alert.available),
    }


def _name_of(user_id: int, store_id: int) -> str:
    member = selectors.assignable(store_id).filter(user_id=user_id).first()
    if member is None:
        raise InvalidInput(fields={"user": ["No member who may see this store."]})
    return str(member.user.username)
