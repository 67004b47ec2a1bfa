"""Corrections: the equal and opposite movement of one that was applied, once; a transfer's two legs together."""

from __future__ import annotations

from collections.abc import Sequence

from inventory_project.kernel import clock
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.tenancy import current_organization_id
from stock.choices import PURCHASE_ORDER, REJECTIONS, TRANSFER_ORDER, AppliedVia, Kind, MovementStatus
from stock.errors import AlreadyReversed, MovementNotFound, NotReversible, PeriodClosed
from stock.models import MovementReversal, StockMovement
from stock.selectors import movements as selectors
from stock.selectors import periods
from stock.services import ledger, ledger_rows
from stock.services.ledger_rows import LedgerRow

WHY_NOT = {
    "insufficient_on_hold": "The bucket on hold would fall below zero: what went into it has come out since.",
    "insufficient_stock": "The balance would fall below zero: what came in has gone out since.",
}


def reverse(*, movement_id: str, reason: str, access: Access, acting_as: Actor) -> str:
    """Undo an applied movement by an equal and opposite one; both legs of a transfer together. Returns the new id.

    The correction counts on the day of what it corrects; now, when the books of that day are closed. Raises
    MovementNotFound, NotReversible, AlreadyReversed, PeriodClosed.
    """

    def work() -> str:
        rows = post_step(_reversible(movement_id, access), reason=reason, acting_as=acting_as)
        return next(row["id"] for row in rows if row["reverses"] == movement_id)

    return ledger.in_scope(work, organization_id=access.organization_id)


def post_step(movements: Sequence[StockMovement], *, reason: str, acting_as: Actor) -> list[LedgerRow]:
    """The equal and opposite of applied movements, all or none, in the caller's transaction.

    Raises AlreadyReversed, PeriodClosed, NotReversible.
    """
    closed_through = periods.closed_through()
    is_closed = closed_through is not None and any(m.business_date <= closed_through for m in movements)
    rows = [_reversal(movement, reason, acting_as, now=is_closed) for movement in movements]
    for row in rows:
        _, created = MovementReversal.objects.get_or_create(
            organization_id=current_organization_id(),
            movement_id=row["reverses"],
            defaults={"reversal_id": row["id"]},
        )
        if not created:
            raise AlreadyReversed()
    verdicts = ledger.apply_step(rows, via=AppliedVia.REQUEST)
    codes = {verdict.rejection for verdict in verdicts} - {""}
    if "period_closed" in codes:
        raise PeriodClosed()
    if codes:
        raise NotReversible(WHY_NOT.get(code := min(codes), REJECTIONS.get(code, code)))
    return rows


def _reversible(movement_id: str, access: Access) -> list[StockMovement]:
    """The movement and, for a transfer, its other leg; receiving legs first, as they give back what was sent."""
    # The lane first: a movement may become final between the two looks, never the other way.
    if selectors.waiting(access).filter(id=movement_id).exists():
        raise NotReversible("The movement still waits to be applied. Reverse it when it is final.")
    movement = StockMovement.objects.filter(id=movement_id).first()
    if movement is None or not access.allows_store(movement.store_id):
        raise MovementNotFound()
    if movement.status != MovementStatus.APPLIED or movement.kind == Kind.REVERSAL:
        raise NotReversible()
    if movement.source == PURCHASE_ORDER:
        raise NotReversible("This movement belongs to a goods receipt: reverse the line there.")
    if movement.transfer_id is None:
        return [movement]
    if movement.source == TRANSFER_ORDER:
        raise NotReversible("This movement belongs to a transfer: settle it there, or adjust the stock with a reason.")
    legs = list(StockMovement.objects.filter(transfer_id=movement.transfer_id).exclude(kind=Kind.REVERSAL))
    if not all(access.allows_store(leg.store_id) for leg in legs):
        raise NotReversible("A transfer is reversed by somebody who may work in both stores.")
    return sorted(legs, key=lambda leg: leg.quantity, reverse=True)


def _reversal(movement: StockMovement, reason: str, acting_as: Actor, *, now: bool) -> LedgerRow:
    recorded_at = clock.now().isoformat()
    return ledger_rows.row_defaults(
        id=ledger_rows.new_id(),
        store=movement.store_id,
        product=movement.product_id,
        kind=Kind.REVERSAL,
        quantity=f"{-movement.quantity:f}",
        effective_at=recorded_at if now else movement.effective_at.isoformat(),
        recorded_at=recorded_at,
        actor=acting_as.user_id,
        actor_label=acting_as.label,
        request_id=acting_as.request_id,
        source="reversal",
        reference=movement.reference,
        reason=reason,
        unit_price=None if movement.unit_price is None else f"{movement.unit_price:f}",
        transfer=str(movement.transfer_id) if movement.transfer_id else None,
        reverses=str(movement.id),
        held=None if movement.held is None else f"{-movement.held:f}",
        bucket=movement.bucket,
        reverses_sale=movement.kind in (Kind.SALE, Kind.CUSTOMER_RETURN),
    )
