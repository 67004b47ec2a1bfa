"""Reservations whose time is over give their units back: by the beat, and before anybody who would miss them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.models import F

from audit import services as audit
from inventory_project.kernel import clock, sql
from inventory_project.kernel.access import SYSTEM
from stock.models import Reservation, ReservationLine
from stock.models.reservations import ReservationStatus
from stock.services import attempts, promises

logger = logging.getLogger(__name__)

SQL = Path(__file__).resolve().parent.parent / "sql"
BATCH = 200
# A task's turn; what is left waits for the next ring.
MOST_BATCHES = 50


def expire_everywhere() -> int:
    """Expire what is overdue in every organisation. How many reservations ended."""
    query = "SELECT DISTINCT organization_id FROM stock_reservation WHERE status = 'active' AND expires_at <= %s"
    with connections["platform"].cursor() as cursor:
        cursor.execute(query, [clock.now()])
        found = [row[0] for row in cursor.fetchall()]
    ended = 0
    for organization_id in found:
        try:
            ended += expire(organization_id)
        except Exception:  # one organisation's trouble must not keep the others waiting
            logger.exception("reservations not expired", extra={"organization": organization_id})
    return ended


def expire(organization_id: int, *, store_id: int | None = None) -> int:
    """Expire what is overdue in one organisation, or one of its stores, batch by batch. How many ended."""
    ended = 0
    for _ in range(MOST_BATCHES):
        count = attempts.in_scope(lambda: _expire_batch(organization_id, store_id), organization_id=organization_id)
        ended += count
        if count < BATCH:
            break
    return ended


def _expire_batch(organization_id: int, store_id: int | None) -> int:
    now = clock.now()
    params = {"organization": organization_id, "store": store_id, "now": now, "batch": BATCH}
    ids = [row["id"] for row in sql.rows(sql.statement(SQL / "take_overdue_reservations.sql"), params)]
    if not ids:
        return 0
    lines = list(
        ReservationLine.objects.filter(reservation_id__in=ids, open__gt=0).values(
            "reservation_id", "store_id", "product_id", "open", sku=F("product__sku")
        )
    )
    ReservationLine.objects.filter(reservation_id__in=ids, open__gt=0).update(released=F("released") + F("open"))
    promises.change((line["store_id"], line["product_id"], -line["open"]) for line in lines)
    Reservation.objects.filter(pk__in=ids).update(
        status=ReservationStatus.EXPIRED, ended_at=now, updated_at=now, version=F("version") + 1
    )
    _remember(ids, lines)
    return len(ids)


def _remember(ids: Sequence[str], lines: Sequence[dict[str, Any]]) -> None:
    given_back: dict[Any, list[dict[str, Any]]] = {}
    for line in lines:
        units = {"product": line["product_id"], "sku": line["sku"], "quantity": line["open"]}
        given_back.setdefault(line["reservation_id"], []).append(units)
    audit.record_many(
        [
            audit.Entry(
                action="stock.reservation.expired",
                acting_as=SYSTEM,
                object_type="reservation",
                object_id=reservation.pk,
                object_label=reservation.label,
                store_id=reservation.store_id,
                before={"status": ReservationStatus.ACTIVE},
                after={"status": ReservationStatus.EXPIRED},
                detail={"lines": given_back.get(reservation.pk, [])},
            )
            for reservation in Reservation.objects.filter(pk__in=ids).order_by("id")
        ]
    )
