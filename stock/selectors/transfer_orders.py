"""Reading transfers: one query for a page of them, one for their lines or sums, whatever the page's size."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Min, OuterRef, Q, Subquery, Sum

from audit.models import AuditEntry
from inventory_project.kernel import clock, sql
from inventory_project.kernel.access import Access
from inventory_project.kernel.tenancy import current_organization_id
from stock.choices import Kind, MovementStatus
from stock.models import StockMovement, TransferLine, TransferOrder
from stock.models.transfer_orders import UNDER_WAY

SQL = Path(__file__).resolve().parent.parent / "sql"
Place = tuple[int, int]
ENDS = {"in": "order__destination", "out": "order__source"}


def visible_to(access: Access) -> Any:
    """The transfers of which the caller may see either end."""
    orders = TransferOrder.objects.all()
    if access.store_ids is None:
        return orders
    return orders.filter(Q(source_id__in=access.store_ids) | Q(destination_id__in=access.store_ids))


def as_rows(orders: Any) -> Any:
    """Transfers as plain rows, with the names a person needs."""
    return orders.values(
        "id",
        "number",
        "status",
        "reference",
        "note",
        "expected_on",
        "created_at",
        "dispatched_at",
        "ended_at",
        "updated_at",
        "version",
        from_store=F("source_id"),
        from_store_name=F("source__name"),
        from_store_code=F("source__code"),
        to_store=F("destination_id"),
        to_store_name=F("destination__name"),
        to_store_code=F("destination__code"),
    )


def find(order_id: str, access: Access) -> dict[str, Any]:
    """One transfer with its lines; empty when the caller sees none by this id."""
    row = as_rows(visible_to(access).filter(pk=order_id)).first()
    if row is None:
        return {}
    lines = (
        TransferLine.objects.filter(order_id=order_id)
        .order_by("position")
        .values(
            "product_id",
            "requested",
            "dispatched",
            "received",
            "damaged",
            "short",
            "over",
            "returned",
            "in_transit",
            sku=F("product__sku"),
            product_name=F("product__name"),
            unit=F("product__unit"),
            settled=F("short") + F("returned"),
        )
    )
    return {**_named(row), "lines": [{"product": line.pop("product_id"), **line} for line in lines]}


def with_sums(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A page of rows, each with the sums over its lines: one query a page."""
    shown = [_named(row) for row in rows]
    sums = (
        TransferLine.objects.filter(order_id__in=[row["id"] for row in shown])
        .values("order_id")
        .annotate(
            line_count=Count("id"),
            units_requested=Sum("requested"),
            units_dispatched=Sum("dispatched"),
            units_in_transit=Sum("in_transit"),
        )
    )
    by_order = {found.pop("order_id"): found for found in sums}
    for row in shown:
        row.update(by_order[row["id"]])
    return shown


def _named(row: dict[str, Any]) -> dict[str, Any]:
    row["number"] = f"T-{row['number']:06d}"
    return row


def unsettled(access: Access) -> Any:
    """Transfers of which units are in transit: dispatched, and not received or settled."""
    return visible_to(access).filter(status__in=UNDER_WAY)


def with_value(rows: Sequence[dict[str, Any]], access: Access) -> list[dict[str, Any]]:
    """Unsettled rows with their age and what the units in transit are worth, at the cost they were dispatched at: one
    query a page."""
    sent = StockMovement.objects.filter(
        transfer_id=OuterRef("order_id"),
        product_id=OuterRef("product_id"),
        kind=Kind.TRANSFER_DISPATCH,
        status=MovementStatus.APPLIED,
    ).order_by("-sequence")
    values = (
        TransferLine.objects.filter(order_id__in=[row["id"] for row in rows])
        .annotate(sent_at_cost=Subquery(sent.values("unit_cost")[:1]))
        .values("order_id", zone=F("order__destination__time_zone"))
        .annotate(
            units_in_transit=Sum("in_transit"),
            cost_value=Sum(F("in_transit") * F("sent_at_cost"), default=0),
            retail_value=Sum(F("in_transit") * F("product__sale_price")),
        )
    )
    by_order = {found.pop("order_id"): found for found in values}
    now = clock.now()
    for row in rows:
        _named(row).update(by_order[row["id"]], days_in_transit=(now - row["dispatched_at"]).days)
        there = now.astimezone(ZoneInfo(row.pop("zone"))).date()
        row["is_late"] = row["expected_on"] is not None and row["expected_on"] < there
        if not access.sees_costs:
            del row["cost_value"]
    return list(rows)


def in_transit(
    store_ids: Collection[int] | None, product_ids: Collection[int] | None = None
) -> dict[Place, dict[str, Any]]:
    """Units in transit to (`in_transit_in`) and from (`in_transit_out`) stores, by store and product: one query.

    None asks for all stores, or all products. `in_transit_in` belongs to a store's inventory position.
    """
    params = {
        "organization": current_organization_id(),
        "stores": None if store_ids is None else list(store_ids),
        "products": None if product_ids is None else list(product_ids),
    }
    found = sql.rows(sql.statement(SQL / "in_transit.sql"), params)
    return {(row.pop("store_id"), row.pop("product_id")): row for row in found}


def add_in_transit(rows: Sequence[dict[str, Any]]) -> None:
    """Add in_transit_in and in_transit_out to rows of balances: one query a page."""
    found = in_transit({row["store_id"] for row in rows}, {row["product_id"] for row in rows}) if rows else {}
    nothing = {"in_transit_in": 0, "in_transit_out": 0}
    for row in rows:
        row.update(found.get((row["store_id"], row["product_id"]), nothing))


def lines_in_transit(access: Access, direction: str) -> Any:
    """Lines with units in transit, to or from the stores the caller may see."""
    lines = TransferLine.objects.filter(order__status__in=UNDER_WAY, in_transit__gt=0)
    if access.store_ids is None:
        return lines
    return lines.filter(**{f"{ENDS[direction]}_id__in": access.store_ids})


def by_store_and_product(lines: Any, direction: str) -> Any:
    """Lines in transit added up by the store at that end and the product, as plain rows."""
    end = ENDS[direction]
    return lines.values(
        "product_id",
        store_id=F(f"{end}_id"),
        store_name=F(f"{end}__name"),
        store_code=F(f"{end}__code"),
        sku=F("product__sku"),
        product_name=F("product__name"),
    ).annotate(units=Sum("in_transit"), transfers=Count("id"), next_expected_on=Min("order__expected_on"))


def timeline(order_id: str) -> Any:
    """Who did what to a transfer, oldest first; the caller has been found to see it."""
    return AuditEntry.objects.filter(object_type="transfer", object_id=order_id)
