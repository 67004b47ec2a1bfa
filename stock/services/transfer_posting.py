"""The units of one step of a transfer, line by line, and their movements: all of them posted, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
from django.db.models import Sum

from inventory_project.kernel import clock, sql
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.records import plain
from stock.choices import REJECTIONS, TRANSFER_ORDER, AppliedVia, Bucket, MovementStatus
from stock.errors import InsufficientStock, TransferRefused
from stock.models import Stock, TransferLine, TransferOrder
from stock.services import intake, ledger, ledger_rows
from stock.services.intake import Errors, Reference
from stock.services.ledger_rows import LedgerRow

SQL = Path(__file__).resolve().parent.parent / "sql"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Shipped:
    """Units of one product as the caller counted them; `damaged` ones come on top of `quantity`."""

    product: Reference
    quantity: Decimal
    damaged: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Item:
    """Units of one line; `row` is how the caller knows it."""

    row: str
    line: TransferLine
    quantity: Decimal
    damaged: Decimal = NOTHING

    def refuse(self, field: str, sentence: str) -> dict[str, Errors]:
        return {self.row: {field: [sentence]}}


def items_of(
    order: TransferOrder, shipped: Sequence[Shipped] | None, everything: Callable[[TransferLine], Decimal]
) -> list[Item]:
    """The units of a step by line: those the caller named, or everything. Raises InvalidInput naming rows."""
    lines = {
        line.product_id: line
        for line in TransferLine.objects.filter(order=order).select_related("product").order_by("position")
    }
    if shipped is None:
        return [Item(str(line.position), line, everything(line)) for line in lines.values() if everything(line)]
    found = intake.resolve((), {named.product for named in shipped}, access=None)
    errors: dict[str, Errors] = {}
    items: list[Item] = []
    for row, named in enumerate(shipped, start=1):
        line = lines.pop(found.products.get(named.product, 0), None)
        if line is None:
            errors[str(row)] = {"product": ["This product has no line in this transfer, or two rows here."]}
        elif not named.quantity + named.damaged:
            errors[str(row)] = {"quantity": ["There is nothing to book."]}
        else:
            items.append(Item(str(row), line, named.quantity, named.damaged))
    if errors:
        raise InvalidInput(fields={"lines": errors})
    return items


def said_of(lines: Sequence[Shipped] | None) -> list[tuple[Reference, str, str]] | None:
    return None if lines is None else [(named.product, str(named.quantity), str(named.damaged)) for named in lines]


def described(items: Sequence[Item]) -> dict[str, Any]:
    """The items as the log keeps them."""
    return {
        "lines": [
            {"product": item.line.product_id, "sku": item.line.product.sku, "quantity": item.quantity}
            | ({"damaged": item.damaged} if item.damaged else {})
            for item in items
        ]
    }


class Posting:
    """The movements of one step and what they change in the lines: collected, then written together."""

    def __init__(self, order: TransferOrder, acting_as: Actor, reason: str = "") -> None:
        self.order, self.acting_as, self.reason = order, acting_as, reason
        self.now = clock.now().astimezone(UTC).isoformat()
        self.rows: list[LedgerRow] = []
        self.items: list[Item] = []
        self.changes: list[dict[str, Any]] = []

    def add(
        self, item: Item, store_id: int, kind: str, quantity: Decimal, why: str = "", bucket: Bucket | None = None
    ) -> None:
        """One movement, with `bucket` of goods on hold; none when the quantity is 0."""
        if not quantity:
            return
        row = ledger_rows.row_defaults(
            id=ledger_rows.new_id(),
            store=store_id,
            product=item.line.product_id,
            kind=kind,
            quantity=f"{quantity:f}",
            held=f"{quantity:f}" if bucket else None,
            bucket=bucket,
            effective_at=self.now,
            recorded_at=self.now,
            actor=self.acting_as.user_id,
            actor_label=self.acting_as.label,
            request_id=self.acting_as.request_id,
            source=TRANSFER_ORDER,
            reference=self.order.label,
            reason=": ".join(filter(None, [why, self.reason]))[:300],
            transfer=str(self.order.pk),
        )
        self.rows.append(row)
        self.items.append(item)

    def count(self, item: Item, **units: Decimal) -> None:
        """What has become of units of the line."""
        names = ("dispatched", "received", "damaged", "short", "returned", "over")
        change = {name: f"{units.get(name, NOTHING):f}" for name in names}
        self.changes.append({"line": item.line.pk, **change})

    def post(self) -> Decimal:
        """Write it all; how many units of the transfer are still in transit.

        Raises InsufficientStock or TransferRefused, naming the lines, when the ledger refuses a movement.
        """
        verdicts = ledger.apply_step(self.rows, via=AppliedVia.REQUEST)
        refused = [
            item for item, verdict in zip(self.items, verdicts, strict=True) if verdict.status != MovementStatus.APPLIED
        ]
        if refused:
            codes = {verdict.rejection for verdict in verdicts} - {""}
            raise self._insufficient(refused) if codes == {"insufficient_stock"} else self._refused(refused, codes)
        params = {
            "organization": self.order.organization_id,
            "order": self.order.pk,
            "changes": orjson.dumps(self.changes).decode(),
        }
        sql.rows(sql.statement(SQL / "add_to_transfer_lines.sql"), params)
        left = TransferLine.objects.filter(order=self.order).aggregate(units=Sum("in_transit", default=NOTHING))
        return Decimal(left["units"])

    def _insufficient(self, items: Sequence[Item]) -> InsufficientStock:
        products = [item.line.product_id for item in items]
        held = Stock.objects.filter(store_id=self.order.source_id, product_id__in=products)
        available = dict(held.values_list("product_id", Stock.available()))
        errors: dict[str, Errors] = {}
        for item in items:
            there = available.get(item.line.product_id, NOTHING)
            sentence = f"{item.line.product.sku}: {plain(item.quantity)} wanted, {plain(there)} available."
            errors |= item.refuse("quantity", sentence)
        return InsufficientStock("Not enough stock at the source; nothing was dispatched.", fields={"lines": errors})

    def _refused(self, items: Sequence[Item], codes: set[str]) -> TransferRefused:
        sentence = " ".join(REJECTIONS.get(code, code) for code in sorted(codes))
        errors: dict[str, Errors] = {}
        for item in items:
            errors |= item.refuse("quantity", sentence)
        return TransferRefused(fields={"lines": errors})
