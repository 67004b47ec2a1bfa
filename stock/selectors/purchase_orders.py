"""Reading orders to suppliers: one query for a page of them, one for their lines or sums, whatever the page's size."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, DateTimeField, F, Func, Sum, Value
from django.db.models.functions import Cast

from audit.models import AuditEntry
from inventory_project.kernel import clock
from inventory_project.kernel.access import Access
from inventory_project.kernel.records import plain
from stock.models import GoodsReceipt, PurchaseLetter, PurchaseLine, PurchaseOrder
from stock.models.purchase_orders import ON_ORDER, PurchaseStatus

Row = dict[str, Any]


def visible_to(access: Access) -> Any:
    """The orders for the stores the caller may see."""
    orders = PurchaseOrder.objects.all()
    return orders if access.store_ids is None else orders.filter(store_id__in=access.store_ids)


def today_in_store(store: str = "store") -> Cast:
    """The present date by the clock of the row's store."""
    there = Func(F(f"{store}__time_zone"), Value(clock.now(), DateTimeField()), function="timezone")
    return Cast(there, DateField())


def late(orders: Any) -> Any:
    """Those past their expected date, by the store's clock, with units that have not come."""
    return orders.filter(status__in=ON_ORDER, expected_on__lt=today_in_store())


def as_rows(orders: Any) -> Any:
    """Orders as plain rows, with the names a person needs."""
    return orders.values(
        "id",
        "number",
        "status",
        "currency",
        "expected_on",
        "reference",
        "note",
        "source",
        "proposal",
        "created_by",
        "created_at",
        "sent_at",
        "sent_by",
        "ended_at",
        "end_reason",
        "updated_at",
        "version",
        "supplier",
        "store",
        supplier_name=F("supplier__name"),
        store_name=F("store__name"),
        store_code=F("store__code"),
        today=today_in_store(),
    )


def find(order_id: str, access: Access) -> Row:
    """One order with its lines, mailings and receipts; empty when the caller sees none by this id."""
    row = as_rows(visible_to(access).filter(pk=order_id)).first()
    if row is None:
        return {}
    row = _shown(row)
    lines = [_line(line, row) for line in _lines_of(order_id)]
    if access.sees_costs:
        row["total_cost"] = sum((line["cost"] for line in lines), Decimal(0))
    else:
        for line in lines:
            del line["unit_cost"], line["cost"]
    letters = PurchaseLetter.objects.filter(order_id=order_id).order_by("id")
    shown = ("to", "state", "attempts", "error", "asked_by", "asked_at", "finished_at")
    told = {"letters": list(letters.values(*shown)), "receipts": _receipts_of(order_id)}
    return {**row, "lines": lines, **told}


def _receipts_of(order_id: str) -> list[Row]:
    receipts = GoodsReceipt.objects.filter(order_id=order_id).order_by("id")
    found = receipts.values("id", "number", "delivery_note", "received_at", "received_by", "reversed_at")
    return [{**row, "number": f"G-{row['number']:06d}"} for row in found]


def _lines_of(order_id: str) -> Any:
    return (
        PurchaseLine.objects.filter(order_id=order_id)
        .order_by("position")
        .values(
            "product",
            "ordered",
            "pack_size",
            "unit_cost",
            "received",
            "over",
            "damaged",
            "rejected",
            "cancelled",
            "outstanding",
            sku=F("product__sku"),
            product_name=F("product__name"),
            unit=F("product__unit"),
            packs=F("ordered") / F("pack_size"),
            cost=F("ordered") * F("unit_cost"),
            pack_now=F("product__pack_size"),
            moq=F("product__moq"),
            lifecycle=F("product__lifecycle"),
            usual_supplier=F("product__supplier_id"),
            usual_supplier_name=F("product__supplier__name"),
        )
    )


def _line(line: Row, order: Row) -> Row:
    warnings = _warnings(line, order["supplier"]) if order["status"] == PurchaseStatus.DRAFT else []
    for name in ("pack_now", "moq", "lifecycle", "usual_supplier", "usual_supplier_name"):
        del line[name]
    line["packs"] = round(line["packs"], 3)
    return {**line, "warnings": warnings}


def _warnings(line: Row, supplier_id: int) -> list[Row]:
    """What a buyer should look at before sending: nothing of it keeps the order from being sent."""
    ordered, pack, moq = line["ordered"], line["pack_now"], line["moq"]
    found = {}
    if ordered % pack:
        found["not_whole_packs"] = f"{plain(ordered)} is not a whole number of packs of {plain(pack)}."
    if ordered < moq:
        found["below_minimum"] = f"{plain(ordered)} is less than the least the supplier sells, {plain(moq)}."
    if line["usual_supplier"] not in (None, supplier_id):
        found["other_supplier"] = f"This product is usually bought from {line['usual_supplier_name']}."
    if line["lifecycle"] in ("phase_out", "discontinued"):
        found["running_out"] = f"This product is marked as {line['lifecycle'].replace('_', ' ')}."
    return [{"code": code, "message": sentence} for code, sentence in found.items()]


def with_sums(rows: Iterable[Row], access: Access) -> list[Row]:
    """A page of rows, each with the sums over its lines: one query a page."""
    shown = [_shown(row) for row in rows]
    sums = (
        PurchaseLine.objects.filter(order_id__in=[row["id"] for row in shown])
        .values("order_id")
        .annotate(
            line_count=Count("id"),
            units_ordered=Sum("ordered"),
            units_received=Sum(F("received") + F("over")),
            units_outstanding=Sum("outstanding"),
            total_cost=Sum(F("ordered") * F("unit_cost")),
        )
    )
    by_order = {found.pop("order_id"): found for found in sums}
    for row in shown:
        row.update(by_order[row["id"]])
        if not access.sees_costs:
            del row["total_cost"]
    return shown


def _shown(row: Row) -> Row:
    row["number"] = f"P-{row['number']:06d}"
    today = row.pop("today")
    is_late = row["status"] in ON_ORDER and row["expected_on"] is not None and row["expected_on"] < today
    row["is_late"], row["days_late"] = is_late, (today - row["expected_on"]).days if is_late else 0
    return row


def timeline(order_id: str) -> Any:
    """Who did what to an order, oldest first; the caller has been found to see it."""
    return AuditEntry.objects.filter(object_type="purchase", object_id=order_id)
