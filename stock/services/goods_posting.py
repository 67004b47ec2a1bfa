"""The units of one delivery, line by line, and their movements: all of them posted, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import clock, sql
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.records import plain
from stock.choices import PURCHASE_ORDER, REJECTIONS, AppliedVia, Bucket, Kind, rejected_fields
from stock.errors import OverDelivery, ReceiptRefused
from stock.models import GoodsReceipt, GoodsReceiptLine, PurchaseLine, PurchaseOrder
from stock.services import intake, ledger, ledger_rows
from stock.services.intake import MAX_VALUE, Errors, Reference
from stock.services.ledger_rows import LedgerRow

SQL = Path(__file__).resolve().parent.parent / "sql"
NOTHING = Decimal(0)
PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Arrived:
    """Units of one product as the caller counted them: in good order, damaged and kept, handed back at the door.

    `unit_cost` as invoiced; None: as ordered.
    """

    product: Reference
    quantity: Decimal = NOTHING
    damaged: Decimal = NOTHING
    rejected: Decimal = NOTHING
    unit_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What arrived on one line of the order; `row` is how the caller knows it.

    `is_invoiced`: the cost was said with the delivery, so that 0 means free and not unknown.
    """

    row: str
    line: PurchaseLine
    quantity: Decimal
    damaged: Decimal
    rejected: Decimal
    unit_cost: Decimal
    is_invoiced: bool = False

    @property
    def kept(self) -> Decimal:
        """Units that came into the store."""
        return self.quantity + self.damaged

    def refuse(self, field: str, sentence: str) -> dict[str, Errors]:
        return {self.row: {field: [sentence]}}


def items_of(order: PurchaseOrder, arrived: Sequence[Arrived] | None) -> list[Item]:
    """The units of a delivery by line: those the caller named, or all that is outstanding. Raises InvalidInput."""
    lines = {
        line.product_id: line
        for line in PurchaseLine.objects.filter(order=order).select_related("product").order_by("position")
    }
    if arrived is None:
        missing = [line for line in lines.values() if line.outstanding]
        if not missing:
            raise InvalidInput(fields={"lines": ["Nothing is outstanding: say what arrived."]})
        return [Item(str(n.position), n, n.outstanding, NOTHING, NOTHING, n.unit_cost) for n in missing]
    found = intake.resolve((), {named.product for named in arrived}, access=None)
    errors: dict[str, Errors] = {}
    items: list[Item] = []
    for row, named in enumerate(arrived, start=1):
        line = lines.pop(found.products.get(named.product, 0), None)
        if line is None:
            errors[str(row)] = {"product": ["This product has no line in this order, or two rows here."]}
            continue
        cost = line.unit_cost if named.unit_cost is None else named.unit_cost
        is_invoiced = named.unit_cost is not None
        item = Item(str(row), line, named.quantity, named.damaged, named.rejected, cost, is_invoiced)
        if not item.kept + item.rejected:
            errors |= item.refuse("quantity", "There is nothing to book.")
        elif item.kept * cost > MAX_VALUE:
            errors |= item.refuse("unit_cost", f"Units times cost must not be more than {MAX_VALUE:,f}.")
        items.append(item)
    if errors:
        raise InvalidInput(fields={"lines": errors})
    return items


def refuse_too_many(items: Sequence[Item], tolerance_percent: Decimal) -> None:
    """Raises OverDelivery naming the rows that bring more than is outstanding and tolerated."""
    errors: dict[str, Errors] = {}
    for item in items:
        line = item.line
        tolerated = (line.ordered * tolerance_percent / 100).quantize(PLACES, ROUND_DOWN)
        beyond = max(item.kept - line.outstanding, NOTHING)
        if beyond and line.over + beyond > tolerated:
            errors |= item.refuse(
                "quantity",
                f"{plain(line.outstanding)} outstanding, {plain(item.kept)} arrived; up to {plain(tolerated)} beyond"
                f" the {plain(line.ordered)} ordered are tolerated.",
            )
    if errors:
        raise OverDelivery(fields={"lines": errors})


def said_of(lines: Sequence[Arrived] | None) -> list[tuple[str, ...]] | None:
    """What the caller counted, as the key's fingerprint takes it."""
    if lines is None:
        return None
    return [tuple(map(str, (n.product, n.quantity, n.damaged, n.rejected, n.unit_cost))) for n in lines]


def described(items: Sequence[Item]) -> dict[str, Any]:
    """The items as the log keeps them."""
    return {
        "lines": [
            {"product": item.line.product_id, "sku": item.line.product.sku, "quantity": item.quantity}
            | ({"damaged": item.damaged} if item.damaged else {})
            | ({"rejected": item.rejected} if item.rejected else {})
            for item in items
        ]
    }


class Posting:
    """The movements of one goods receipt, its lines, and what they change in the order's."""

    def __init__(self, order: PurchaseOrder, receipt: GoodsReceipt, acting_as: Actor) -> None:
        self.order, self.receipt, self.acting_as = order, receipt, acting_as

    def post(self, items: Sequence[Item]) -> None:
        """Write it all. Raises ReceiptRefused, naming the lines, when the ledger refuses a movement."""
        rows: list[LedgerRow] = []
        by_row: list[Item] = []
        lines: list[GoodsReceiptLine] = []
        for position, item in enumerate(items, start=1):
            good = self._movement(item, item.quantity)
            damaged = self._movement(item, item.damaged, Bucket.DAMAGED)
            made = [row for row in (good, damaged) if row]
            rows += made
            by_row += [item] * len(made)
            lines.append(self._line(position, item, good, damaged))
        self._refuse(by_row, [verdict.rejection for verdict in ledger.apply_step(rows, via=AppliedVia.REQUEST)])
        GoodsReceiptLine.objects.bulk_create(lines)
        params = {
            "organization": self.order.organization_id,
            "order": self.order.pk,
            "changes": orjson.dumps([_change(item) for item in items]).decode(),
        }
        sql.rows(sql.statement(SQL / "add_to_purchase_lines.sql"), params)

    def _movement(self, item: Item, quantity: Decimal, bucket: Bucket | None = None) -> LedgerRow | None:
        if not quantity:
            return None
        return ledger_rows.row_defaults(
            id=ledger_rows.new_id(),
            store=self.order.store_id,
            product=item.line.product_id,
            kind=Kind.RECEIPT,
            quantity=f"{quantity:f}",
            held=f"{quantity:f}" if bucket else None,
            bucket=bucket,
            effective_at=self.receipt.received_at.astimezone(UTC).isoformat(),
            recorded_at=clock.now().astimezone(UTC).isoformat(),
            actor=self.acting_as.user_id,
            actor_label=self.acting_as.label,
            request_id=self.acting_as.request_id,
            source=PURCHASE_ORDER,
            reference=self.order.label,
            reason=f"{self.receipt.label}: arrived damaged" if bucket else self.receipt.label,
            unit_cost=self._cost(item),
        )

    def _cost(self, item: Item) -> str | None:
        """What a unit came in at, for the average cost; None when unknown, or in a currency not the store's."""
        known = (item.unit_cost or item.is_invoiced) and self.order.currency == self.order.store.currency
        return f"{item.unit_cost:f}" if known else None

    def _line(self, position: int, item: Item, good: LedgerRow | None, damaged: LedgerRow | None) -> GoodsReceiptLine:
        return GoodsReceiptLine(
            organization_id=self.order.organization_id,
            receipt=self.receipt,
            line=item.line,
            store_id=self.order.store_id,
            product_id=item.line.product_id,
            position=position,
            quantity=item.quantity,
            damaged=item.damaged,
            rejected=item.rejected,
            unit_cost=item.unit_cost,
            movement_id=good["id"] if good else None,
            damaged_movement_id=damaged["id"] if damaged else None,
        )

    def _refuse(self, items: Sequence[Item], rejections: Sequence[str]) -> None:
        errors: dict[str, Any] = {}
        for item, rejection in zip(items, rejections, strict=True):
            if sentences := rejected_fields(rejection).get("effective_at"):
                errors["received_at"] = sentences
            elif rejection:
                errors.setdefault("lines", {}).update(item.refuse("quantity", REJECTIONS.get(rejection, rejection)))
        if errors:
            raise ReceiptRefused(fields=errors)


def _change(item: Item) -> dict[str, Any]:
    """What the item adds to its line: what was owed first, and only the rest is over."""
    received = min(item.kept, item.line.outstanding)
    units = {"received": received, "over": item.kept - received, "damaged": item.damaged, "rejected": item.rejected}
    return {"line": item.line.pk, **{name: f"{value:f}" for name, value in units.items()}}
