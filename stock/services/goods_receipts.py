"""Goods receipts: what arrived on an order is taken in, line by line, all of it or nothing; a wrong line is reversed.

Units in good order come in by a `receipt` movement; damaged ones by one of their own that puts them on hold as damaged;
what was handed back at the door is written down and still owed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import Organization
from inventory_project.kernel import clock, records, sql
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput, PermissionRefused
from stock.errors import AlreadyReversed, DeliveryKnown, GoodsReceiptNotFound
from stock.models import GoodsReceipt, GoodsReceiptLine, PurchaseOrder, StockMovement
from stock.models.numbers import NumberKind
from stock.models.purchase_orders import PurchaseStatus
from stock.selectors import goods_receipts as selectors
from stock.services import ledger_rows, numbers, purchase_steps, reversals
from stock.services.goods_posting import Arrived, Posting, described, items_of, refuse_too_many, said_of
from stock.services.intake import CLOCK_SKEW
from stock.services.step_keys import Answer
from stock.services.steps import Outcome

SQL = Path(__file__).resolve().parent.parent / "sql"
KNOWN_NOTE = {
    "goods_receipt_delivery_note_once": (
        DeliveryKnown,
        "delivery_note",
        "A goods receipt of this order names this delivery note.",
    )
}


def receive(
    *,
    order_id: str,
    lines: Sequence[Arrived] | None,
    access: Access,
    acting_as: Actor,
    delivery_note: str = "",
    note: str = "",
    received_at: datetime | None = None,
    key: str | None = None,
) -> Answer:
    """Take in what arrived: all that is outstanding, in good order, or `lines` as counted.

    `received_at` is now when left out. Units beyond what was ordered are taken in as far as the organisation tolerates.
    Raises OverDelivery and ReceiptRefused naming the lines, DeliveryKnown, InvalidInput, and what every step raises.
    """
    _refuse_costs(lines or (), access)

    def work(order: PurchaseOrder) -> Outcome:
        items = items_of(order, lines)
        refuse_too_many(items, Organization.objects.get(pk=order.organization_id).purchase_tolerance_percent)
        receipt = GoodsReceipt(
            id=ledger_rows.new_id(),
            organization_id=order.organization_id,
            order=order,
            delivery_note=delivery_note,
            note=note,
            received_at=_moment(order, received_at),
            received_by_id=acting_as.user_id,
            received_by=acting_as.label[:150],
            number=numbers.draw(NumberKind.RECEIPT),
        )
        with records.refusing(KNOWN_NOTE):
            receipt.save(force_insert=True)
        Posting(order, receipt, acting_as).post(items)
        detail = {"receipt": receipt.label, "delivery_note": delivery_note, **described(items)}
        return Outcome(purchase_steps.standing(order), detail=detail)

    said = {"lines": said_of(lines), "delivery_note": delivery_note, "note": note, "received_at": received_at}
    return purchase_steps.carry_out(
        purchase_steps.RECEIVE, work, order_id=order_id, access=access, acting_as=acting_as, key=key, said=said
    )


def reverse_line(
    *, receipt_id: str, position: int, reason: str, access: Access, acting_as: Actor, key: str | None = None
) -> Answer:
    """Undo one line of a goods receipt: its movements are reversed, and the units are owed again unless the order is
    closed. Raises GoodsReceiptNotFound, AlreadyReversed, NotReversible, PeriodClosed, and what every step raises.
    """
    order_id = selectors.order_of(receipt_id, access)
    if order_id is None:
        raise GoodsReceiptNotFound()

    def work(order: PurchaseOrder) -> Outcome:
        line = GoodsReceiptLine.objects.select_related("receipt", "product").filter(
            receipt_id=receipt_id, position=position
        )
        found = line.first()
        if found is None:
            raise GoodsReceiptNotFound()
        if found.reversed_at is not None:
            raise AlreadyReversed("This line of the goods receipt has been reversed already.")
        ids = [one for one in (found.movement_id, found.damaged_movement_id) if one]
        movements = list(StockMovement.objects.filter(id__in=ids).order_by("sequence"))
        reversals.post_step(movements, reason=reason, acting_as=acting_as)
        _take_back(order, found, reason, acting_as)
        status = order.status if order.status == PurchaseStatus.CLOSED else purchase_steps.standing(order)
        units = {"quantity": found.quantity, "damaged": found.damaged, "rejected": found.rejected}
        where = {"receipt": found.receipt.label, "line": position, "sku": found.product.sku}
        return Outcome(status, detail={**where, **units, "reason": reason})

    return purchase_steps.carry_out(
        purchase_steps.REVERSE,
        work,
        order_id=str(order_id),
        access=access,
        acting_as=acting_as,
        key=key,
        said={"receipt": receipt_id, "position": position, "reason": reason},
    )


def _take_back(order: PurchaseOrder, line: GoodsReceiptLine, reason: str, acting_as: Actor) -> None:
    """The order's line without these units, the receipt's line marked, and with its last line the receipt."""
    params: dict[str, Any] = {
        "organization": order.organization_id,
        "line": line.line_id,
        "arrived": line.quantity + line.damaged,
        "damaged": line.damaged,
        "rejected": line.rejected,
        "is_closed": order.status == PurchaseStatus.CLOSED,
    }
    sql.rows(sql.statement(SQL / "take_from_purchase_line.sql"), params)
    now = clock.now()
    told = {"reversed_at": now, "reversed_by": acting_as.label[:150], "reversal_reason": reason}
    GoodsReceiptLine.objects.filter(pk=line.pk).update(**told)
    standing = GoodsReceiptLine.objects.filter(receipt_id=OuterRef("pk"), reversed_at=None)
    GoodsReceipt.objects.filter(~Exists(standing), pk=line.receipt_id).update(reversed_at=now)


def _refuse_costs(lines: Sequence[Arrived], access: Access) -> None:
    rows = [str(row) for row, arrived in enumerate(lines, start=1) if arrived.unit_cost is not None]
    if rows and not access.sees_costs:
        raise PermissionRefused(
            "You do not have the right to see or set costs.",
            fields={"lines": {row: {"unit_cost": ["Needs the right to see costs."]} for row in rows}},
        )


def _moment(order: PurchaseOrder, received_at: datetime | None) -> datetime:
    """When the goods came in. Raises InvalidInput when that cannot be."""
    now = clock.now()
    if received_at is None:
        return now
    if received_at > now + CLOCK_SKEW:
        raise InvalidInput(fields={"received_at": ["The time lies in the future."]})
    if order.sent_at is not None and received_at < order.sent_at:
        raise InvalidInput(fields={"received_at": ["The order was sent later than that."]})
    return min(received_at, now)
