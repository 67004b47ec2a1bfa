"""The steps of a transfer that move units: dispatch, receive, settle. Each posts all of its movements or none.

What leaves the source is in no store until it is received. What arrives damaged, and what never arrives and is written
off, is received and removed in the same breath at the destination, so that the ledger alone tells where every unit
went: dispatch and receipt legs of a settled transfer add up to nothing, and losses are removals with their reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from django.db.models import F

from accounts.models import Organization
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.records import plain
from stock.choices import AppliedVia, Bucket, Kind
from stock.errors import ApprovalNeeded, OverReceipt, TransferNotFound
from stock.models import TransferLine, TransferOrder
from stock.models.transfer_orders import TransferStatus
from stock.selectors import transfer_orders as selectors
from stock.services import lanes, transfer_steps
from stock.services.intake import Errors
from stock.services.step_keys import Answer
from stock.services.steps import Outcome
from stock.services.transfer_posting import NOTHING, Item, Posting, Shipped, described, items_of, said_of

PLACES = Decimal("0.001")
DAMAGED = "Damaged in transit"


class Settlement(StrEnum):
    """What becomes of units that were dispatched and not received."""

    WRITTEN_OFF = "written_off"
    RETURNED = "returned"


def dispatch(
    *, order_id: str, lines: Sequence[Shipped] | None, access: Access, acting_as: Actor, key: str | None = None
) -> Answer:
    """Send the goods off: all lines as requested, or only `lines`, in the quantities given.

    Raises ApprovalNeeded, InsufficientStock naming the lines, InvalidInput, and what every step raises.
    """

    def work(order: TransferOrder) -> Outcome:
        organization = Organization.objects.get(pk=order.organization_id)
        if organization.transfers_need_approval and order.status != TransferStatus.APPROVED:
            raise ApprovalNeeded(fields={"status": order.status})
        if not order.destination.is_active:
            raise InvalidInput("The destination is closed.", fields={"to_store": ["This store is closed."]})
        items = items_of(order, lines, lambda line: line.requested)
        _refuse_more_than(items, lambda line: line.requested, "requested")
        posting = Posting(order, acting_as)
        for item in items:
            posting.add(item, order.source_id, Kind.TRANSFER_DISPATCH, -item.quantity)
            posting.count(item, dispatched=item.quantity)
        posting.post()
        return Outcome(TransferStatus.DISPATCHED, detail=described(items))

    _let_earlier_movements_go_first(order_id, access)
    said = {"lines": said_of(lines)}
    return transfer_steps.carry_out(
        transfer_steps.DISPATCH, work, order_id=order_id, access=access, acting_as=acting_as, key=key, said=said
    )


def receive(
    *,
    order_id: str,
    lines: Sequence[Shipped] | None,
    access: Access,
    acting_as: Actor,
    keep_damaged: bool = False,
    key: str | None = None,
) -> Answer:
    """Take in what arrived: everything in transit in good order, or `lines` as counted.

    Damaged units are received and written off at once, or with `keep_damaged` put on hold as damaged. Units beyond
    what was dispatched are received as far as the organisation tolerates. Raises OverReceipt naming the lines,
    InvalidInput, and what every step raises.
    """

    def work(order: TransferOrder) -> Outcome:
        items = items_of(order, lines, lambda line: line.in_transit)
        _refuse_too_many(items, Organization.objects.get(pk=order.organization_id).transfer_tolerance_percent)
        posting = Posting(order, acting_as)
        for item in items:
            written_off = NOTHING if keep_damaged else item.damaged
            posting.add(item, order.destination_id, Kind.TRANSFER_RECEIPT, item.quantity + written_off)
            posting.add(item, order.destination_id, Kind.REMOVAL, -written_off, DAMAGED)
            kept = item.damaged - written_off
            posting.add(item, order.destination_id, Kind.TRANSFER_RECEIPT, kept, DAMAGED, Bucket.DAMAGED)
            received = min(item.quantity, item.line.in_transit - item.damaged)
            posting.count(item, received=received, damaged=item.damaged, over=item.quantity - received)
        left = posting.post()
        status = TransferStatus.PARTIALLY_RECEIVED if left else TransferStatus.RECEIVED
        return Outcome(status, detail=described(items))

    said = {"lines": said_of(lines), **({"keep_damaged": True} if keep_damaged else {})}
    return transfer_steps.carry_out(
        transfer_steps.RECEIVE, work, order_id=order_id, access=access, acting_as=acting_as, key=key, said=said
    )


def settle(
    *,
    order_id: str,
    outcome: Settlement,
    reason: str,
    lines: Sequence[Shipped] | None,
    access: Access,
    acting_as: Actor,
    key: str | None = None,
) -> Answer:
    """Account for units that were dispatched and not received: all that is in transit, or `lines`.

    Written off: lost, booked as a removal at the destination. Returned: back on hand at the source. When nothing is
    left in transit the transfer is closed; cancelled, when all of it went back.
    """
    returned = outcome == Settlement.RETURNED

    def work(order: TransferOrder) -> Outcome:
        items = items_of(order, lines, lambda line: line.in_transit)
        _refuse_more_than(items, lambda line: line.in_transit, "in transit")
        posting = Posting(order, acting_as, reason)
        for item in items:
            if returned:
                posting.add(item, order.source_id, Kind.TRANSFER_RECEIPT, item.quantity, "Sent back")
                posting.count(item, returned=item.quantity)
            else:
                posting.add(item, order.destination_id, Kind.TRANSFER_RECEIPT, item.quantity, "Lost in transit")
                posting.add(item, order.destination_id, Kind.REMOVAL, -item.quantity, "Lost in transit")
                posting.count(item, short=item.quantity)
        left = posting.post()
        return Outcome(_settled(order, left), detail={"reason": reason, **described(items)})

    step = transfer_steps.SEND_BACK if returned else transfer_steps.WRITE_OFF
    said = {"outcome": str(outcome), "reason": reason, "lines": said_of(lines)}
    return transfer_steps.carry_out(
        step, work, order_id=order_id, access=access, acting_as=acting_as, key=key, said=said
    )


def _settled(order: TransferOrder, left: Decimal) -> str:
    if left:
        return order.status
    something_stayed = TransferLine.objects.filter(order=order).exclude(returned=F("dispatched")).exists()
    return TransferStatus.CLOSED if something_stayed else TransferStatus.CANCELLED


def _refuse_more_than(items: Sequence[Item], limit: Callable[[TransferLine], Decimal], word: str) -> None:
    errors: dict[str, Errors] = {}
    for item in items:
        if item.quantity > limit(item.line):
            errors |= item.refuse("quantity", f"{plain(limit(item.line))} {word}; more is not possible.")
    if errors:
        raise InvalidInput(fields={"lines": errors})


def _refuse_too_many(items: Sequence[Item], tolerance_percent: Decimal) -> None:
    damaged: dict[str, Errors] = {}
    over: dict[str, Errors] = {}
    for item in items:
        line = item.line
        if item.damaged > line.in_transit:
            damaged |= item.refuse("damaged", f"{plain(line.in_transit)} in transit; more cannot have been damaged.")
        arrived = item.quantity + item.damaged
        tolerated = (line.dispatched * tolerance_percent / 100).quantize(PLACES, ROUND_DOWN)
        if arrived > line.in_transit and line.over + arrived - line.in_transit > tolerated:
            over |= item.refuse(
                "quantity",
                f"{plain(line.in_transit)} in transit, {plain(arrived)} arrived; up to {plain(tolerated)} beyond"
                f" the {plain(line.dispatched)} dispatched are tolerated.",
            )
    if damaged:
        raise InvalidInput(fields={"lines": damaged})
    if over:
        raise OverReceipt(fields={"lines": over})


def _let_earlier_movements_go_first(order_id: str, access: Access) -> None:
    """What was accepted at the source before this request is applied before it."""
    with tenancy.scope(access.organization_id):
        order = selectors.visible_to(access).filter(pk=order_id).first()
        if order is None:
            raise TransferNotFound()
        behind = lanes.waiting({lanes.lane_of(order.source_id)}, organization_id=access.organization_id)
    for lane in behind:
        lanes.drain(access.organization_id, lane, via=AppliedVia.REQUEST)
