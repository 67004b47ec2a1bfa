"""Reading goods receipts: one query for a page of them, one for their lines or sums."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Sum

from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access
from stock.models import GoodsReceipt, GoodsReceiptLine

Row = dict[str, Any]


def visible_to(access: Access) -> Any:
    """The goods receipts of the stores the caller may see."""
    receipts = GoodsReceipt.objects.all()
    return receipts if access.store_ids is None else receipts.filter(order__store_id__in=access.store_ids)


def order_of(receipt_id: str, access: Access) -> UUID | None:
    """The order a goods receipt belongs to; None when the caller sees none by this id. Opens its own scope."""
    with tenancy.scope(access.organization_id):
        found: UUID | None = visible_to(access).filter(pk=receipt_id).values_list("order_id", flat=True).first()
    return found


def as_rows(receipts: Any) -> Any:
    """Goods receipts as plain rows, with the names a person needs."""
    return receipts.values(
        "id",
        "number",
        "delivery_note",
        "note",
        "received_at",
        "received_by",
        "reversed_at",
        "created_at",
        "order",
        order_number=F("order__number"),
        supplier=F("order__supplier_id"),
        supplier_name=F("order__supplier__name"),
        store=F("order__store_id"),
        store_name=F("order__store__name"),
        store_code=F("order__store__code"),
        currency=F("order__currency"),
    )


def find(receipt_id: str, access: Access) -> Row:
    """One goods receipt with its lines; empty when the caller sees none by this id."""
    row = as_rows(visible_to(access).filter(pk=receipt_id)).first()
    if row is None:
        return {}
    lines = (
        GoodsReceiptLine.objects.filter(receipt_id=receipt_id)
        .order_by("position")
        .values(
            "position",
            "product",
            "quantity",
            "damaged",
            "rejected",
            "unit_cost",
            "movement_id",
            "damaged_movement_id",
            "reversed_at",
            "reversed_by",
            "reversal_reason",
            sku=F("product__sku"),
            product_name=F("product__name"),
            unit=F("product__unit"),
            ordered=F("line__ordered"),
            ordered_unit_cost=F("line__unit_cost"),
        )
    )
    return {**_shown(row), "lines": [_line(line, access) for line in lines]}


def with_sums(rows: Iterable[Row]) -> list[Row]:
    """A page of rows, each with the sums over its lines, reversed ones apart: one query a page."""
    shown = [_shown(row) for row in rows]
    sums = (
        GoodsReceiptLine.objects.filter(receipt_id__in=[row["id"] for row in shown], reversed_at=None)
        .values("receipt_id")
        .annotate(
            line_count=Count("id"),
            units_received=Sum("quantity"),
            units_damaged=Sum("damaged"),
            units_rejected=Sum("rejected"),
        )
    )
    by_receipt = {found.pop("receipt_id"): found for found in sums}
    nothing = dict.fromkeys(("line_count", "units_received", "units_damaged", "units_rejected"), 0)
    for row in shown:
        row.update(by_receipt.get(row["id"], nothing))
    return shown


def _line(line: Row, access: Access) -> Row:
    if not access.sees_costs:
        del line["unit_cost"], line["ordered_unit_cost"]
    return line


def _shown(row: Row) -> Row:
    row["number"] = f"G-{row['number']:06d}"
    row["order_number"] = f"P-{row['order_number']:06d}"
    return row
