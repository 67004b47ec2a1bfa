"""Transfers up to their dispatch, and their end: draft, change, request, approve, cancel, close.

What moves units (dispatch, receive, settle) is in transfer_shipments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from inventory_project.kernel import records, sql
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.tenancy import current_organization_id
from stock.models import TransferLine, TransferOrder
from stock.models.transfer_orders import TransferStatus
from stock.selectors import transfer_orders as selectors
from stock.services import intake, ledger, ledger_rows, step_keys, transfer_steps
from stock.services.intake import Errors, Reference
from stock.services.step_keys import Answer
from stock.services.steps import Outcome
from stock.services.transfer_steps import Step

SQL = Path(__file__).resolve().parent.parent / "sql"
DRAFT = Step("draft", "drafted", ())


@dataclass(frozen=True, slots=True)
class Wanted:
    """One product and how many units of it are asked for."""

    product: Reference
    quantity: Decimal


def create(
    *,
    from_store: Reference,
    to_store: Reference,
    lines: Sequence[Wanted],
    access: Access,
    acting_as: Actor,
    reference: str = "",
    note: str = "",
    expected_on: date | None = None,
    key: str | None = None,
) -> Answer:
    """Draft a transfer between two stores, in one of which the caller may work.

    Raises InvalidInput naming fields and rows, KeyReused.
    """
    said: dict[str, Any] = {"step": DRAFT.name, "from": from_store, "to": to_store}
    said |= {"lines": [(wanted.product, str(wanted.quantity)) for wanted in lines]}
    said |= {"reference": reference, "note": note, "expected_on": expected_on}

    def attempt() -> Answer:
        ends = _ends_and_products(from_store, to_store, lines, access)
        given = step_keys.claim(key, said)
        if given is not None:
            return given
        order = _written(ends, lines, access, acting_as, reference=reference, note=note, expected_on=expected_on)
        return step_keys.keep(key, selectors.find(str(order.pk), access))

    return ledger.in_scope(attempt, organization_id=access.organization_id)


def draft_step(
    *,
    from_store: Reference,
    to_store: Reference,
    lines: Sequence[Wanted],
    access: Access,
    acting_as: Actor,
    reference: str = "",
    note: str = "",
    expected_on: date | None = None,
) -> TransferOrder:
    """Draft a transfer inside the caller's transaction. Raises InvalidInput naming fields and rows."""
    ends = _ends_and_products(from_store, to_store, lines, access)
    return _written(ends, lines, access, acting_as, reference=reference, note=note, expected_on=expected_on)


def _ends_and_products(
    from_store: Reference, to_store: Reference, lines: Sequence[Wanted], access: Access
) -> tuple[int, int, list[int]]:
    found = intake.resolve({from_store, to_store}, {wanted.product for wanted in lines}, access=None)
    source_id, destination_id = _ends(found, from_store, to_store, access)
    return source_id, destination_id, products_of(found, lines)


def _written(
    ends: tuple[int, int, list[int]], lines: Sequence[Wanted], access: Access, acting_as: Actor, **values: Any
) -> TransferOrder:
    source_id, destination_id, products = ends
    order = TransferOrder(
        id=ledger_rows.new_id(),
        organization_id=access.organization_id,
        number=_draw_number(),
        source_id=source_id,
        destination_id=destination_id,
        **values,
    )
    order.save(force_insert=True)
    _write_lines(order, products, lines)
    outcome = Outcome(TransferStatus.DRAFT, detail=_described(lines))
    transfer_steps.remember(DRAFT, order, outcome, access=access, acting_as=acting_as)
    return order


def change(
    *,
    order_id: str,
    values: dict[str, Any],
    lines: Sequence[Wanted] | None,
    access: Access,
    acting_as: Actor,
    expected: records.Versions = None,
) -> Answer:
    """Change a draft's reference, note or expected date; `lines`, when given, replace those it has.

    Raises TransferNotFound, WrongTransferState, StaleVersion, InvalidInput naming rows.
    """

    def work(order: TransferOrder) -> Outcome:
        detail = {name: value for name, value in values.items() if getattr(order, name) != value}
        if lines is not None:
            found = intake.resolve((), {wanted.product for wanted in lines}, access=None)
            products = products_of(found, lines)
            TransferLine.objects.filter(order=order).delete()
            _write_lines(order, products, lines)
            detail |= _described(lines)
        return Outcome(order.status, detail=detail, changes=values)

    return transfer_steps.carry_out(
        transfer_steps.CHANGE, work, order_id=order_id, access=access, acting_as=acting_as, expected=expected
    )


def request(*, order_id: str, access: Access, acting_as: Actor, key: str | None = None) -> Answer:
    """Ask for the transfer: from now on its lines stand."""
    return _move_on(transfer_steps.REQUEST, TransferStatus.REQUESTED, order_id, access, acting_as, key)


def approve(*, order_id: str, access: Access, acting_as: Actor, key: str | None = None) -> Answer:
    """A manager's word that the transfer may be dispatched."""
    return _move_on(transfer_steps.APPROVE, TransferStatus.APPROVED, order_id, access, acting_as, key)


def cancel(*, order_id: str, reason: str, access: Access, acting_as: Actor, key: str | None = None) -> Answer:
    """Give the transfer up before anything was dispatched. Afterwards units can only be sent back."""
    step = transfer_steps.CANCEL
    return _move_on(step, TransferStatus.CANCELLED, order_id, access, acting_as, key, reason=reason)


def close(*, order_id: str, access: Access, acting_as: Actor, key: str | None = None) -> Answer:
    """Close the books of a transfer that has been received."""
    return _move_on(transfer_steps.CLOSE, TransferStatus.CLOSED, order_id, access, acting_as, key)


def _move_on(
    step: Step, status: str, order_id: str, access: Access, acting_as: Actor, key: str | None, **detail: Any
) -> Answer:
    def work(order: TransferOrder) -> Outcome:
        return Outcome(status, detail=detail)

    return transfer_steps.carry_out(
        step, work, order_id=order_id, access=access, acting_as=acting_as, key=key, said=detail
    )


def _ends(found: intake.References, from_store: Reference, to_store: Reference, access: Access) -> tuple[int, int]:
    """The ids of both ends. A store the caller may not work in is known to it only as the other end of a transfer."""
    ends = {"from_store": found.stores.get(from_store, (0, True)), "to_store": found.stores.get(to_store, (0, True))}
    at_home = any(store_id and access.allows_store(store_id) for store_id, _ in ends.values())
    errors: Errors = {}
    for name, (store_id, is_active) in ends.items():
        if not store_id or not at_home:
            errors[name] = ["No such store."]
        elif not is_active:
            errors[name] = ["This store is closed."]
    source_id, destination_id = ends["from_store"][0], ends["to_store"][0]
    if not errors and source_id == destination_id:
        errors["to_store"] = ["A transfer needs two different stores."]
    if errors:
        raise InvalidInput(fields=errors)
    return source_id, destination_id


def products_of(found: intake.References, lines: Sequence[Wanted]) -> list[int]:
    """The product of each line. Raises InvalidInput naming the rows of unknown and repeated ones."""
    errors: dict[str, Errors] = {}
    products: list[int] = []
    for row, wanted in enumerate(lines, start=1):
        product_id = found.products.get(wanted.product, 0)
        if not product_id:
            errors[str(row)] = {"product": ["No such product."]}
        elif product_id in products:
            errors[str(row)] = {"product": ["This product has a line already."]}
        products.append(product_id)
    if errors:
        raise InvalidInput(fields={"lines": errors})
    return products


def _write_lines(order: TransferOrder, products: Sequence[int], lines: Sequence[Wanted]) -> None:
    TransferLine.objects.bulk_create(
        TransferLine(
            organization_id=order.organization_id,
            order=order,
            product_id=product_id,
            position=position,
            requested=wanted.quantity,
        )
        for position, (product_id, wanted) in enumerate(zip(products, lines, strict=True), start=1)
    )


def _described(lines: Sequence[Wanted]) -> dict[str, Any]:
    return {"lines": [{"product": wanted.product, "quantity": wanted.quantity} for wanted in lines]}


def _draw_number() -> int:
    params = {"organization": current_organization_id()}
    return int(sql.rows(sql.statement(SQL / "draw_transfer_number.sql"), params)[0]["last"])
