"""Reading reservations: one query for a page of them, one for their lines or sums, whatever the page's size."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Sum

from inventory_project.kernel import clock
from inventory_project.kernel.access import Access
from stock.models import Reservation, ReservationLine
from stock.models.reservations import ReservationStatus


def visible_to(access: Access) -> Any:
    """The reservations of the stores the caller may see."""
    reservations = Reservation.objects.all()
    return reservations if access.store_ids is None else reservations.filter(store_id__in=access.store_ids)


def overdue(now: datetime) -> Any:
    """Reservations whose time is over and whose units were not given back yet."""
    return Reservation.objects.filter(status=ReservationStatus.ACTIVE, expires_at__lte=now)


def as_rows(reservations: Any) -> Any:
    """Reservations as plain rows, with the names a person needs."""
    return reservations.values(
        "id",
        "status",
        "reference",
        "note",
        "store_id",
        "expires_at",
        "reserved_by",
        "created_at",
        "ended_at",
        "updated_at",
        "version",
        store_name=F("store__name"),
        store_code=F("store__code"),
    )


def find(reservation_id: str, access: Access) -> dict[str, Any]:
    """One reservation with its lines; empty when the caller sees none by this id."""
    row = as_rows(visible_to(access).filter(pk=reservation_id)).first()
    if row is None:
        return {}
    lines = (
        ReservationLine.objects.filter(reservation_id=reservation_id)
        .order_by("position")
        .values(
            "product_id",
            "quantity",
            "fulfilled",
            "released",
            "open",
            sku=F("product__sku"),
            product_name=F("product__name"),
            unit=F("product__unit"),
        )
    )
    return {**_shown(row), "lines": [{"product": line.pop("product_id"), **line} for line in lines]}


def with_sums(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A page of rows, each with the sums over its lines: one query a page."""
    shown = [_shown(row) for row in rows]
    sums = (
        ReservationLine.objects.filter(reservation_id__in=[row["id"] for row in shown])
        .values("reservation_id")
        .annotate(line_count=Count("id"), units_reserved=Sum("quantity"), units_open=Sum("open"))
    )
    by_reservation = {found.pop("reservation_id"): found for found in sums}
    for row in shown:
        row.update(by_reservation[row["id"]])
    return shown


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    row["store"] = row.pop("store_id")
    row["is_overdue"] = row["status"] == ReservationStatus.ACTIVE and row["expires_at"] <= clock.now()
    return row
