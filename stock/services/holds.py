"""Goods on hold: on the shelf and not for sale, in a bucket that says why. Every change is a movement of the ledger.

A hold and its release leave on hand as it is; a disposal takes the units out of the bucket and out of the store. Each
door books all of its lines or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from typing import Any

from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.records import plain
from stock.choices import REJECTIONS, AppliedVia, Bucket, Kind
from stock.errors import HoldRefused, InsufficientOnHold, InsufficientStock
from stock.models import Stock
from stock.services import intake, lanes, ledger, ledger_rows, step_keys
from stock.services.intake import Errors, Reference
from stock.services.ledger_rows import LedgerRow, Verdict
from stock.services.step_keys import Answer
from stock.services.transfer_orders import Wanted, products_of

SOURCE = "hold"
# From one bucket into another: the apply does not ask for available units.
REBOOKING = "rebooking"
SHOWN = ("product_id", "on_hand", "reserved", "on_hold", "on_hold_damaged", "on_hold_quality")


@dataclass(frozen=True, slots=True)
class Booking:
    """What a caller asks of some products of one store, and who asks."""

    store: Reference
    lines: Sequence[Wanted]
    access: Access
    acting_as: Actor
    reason: str = ""
    reference: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class _Leg:
    """What each line does: `kind`, and the signs with which its units change on hand and the bucket."""

    kind: Kind
    on_hand: int
    held: int
    bucket: Bucket


def hold(booking: Booking, *, bucket: Bucket, from_bucket: Bucket | None = None) -> Answer:
    """Put units that are available on hold; or with `from_bucket` move them from one bucket into another.

    Raises InvalidInput, InsufficientStock and InsufficientOnHold naming the lines, KeyReused.
    """
    if from_bucket == bucket:
        raise InvalidInput(fields={"from_bucket": ["The units are in this bucket already."]})
    legs = [] if from_bucket is None else [_Leg(Kind.RELEASE_HOLD, 0, -1, from_bucket)]
    return _book(booking, [*legs, _Leg(Kind.HOLD, 0, 1, bucket)])


def release(booking: Booking, *, bucket: Bucket) -> Answer:
    """The units are for sale again. Raises InvalidInput, InsufficientOnHold naming the lines, KeyReused."""
    return _book(booking, [_Leg(Kind.RELEASE_HOLD, 0, -1, bucket)])


def dispose(booking: Booking, *, bucket: Bucket, kind: Kind) -> Answer:
    """The units leave the store: thrown away (a removal) or sent back (a supplier return).

    Raises InvalidInput, InsufficientStock and InsufficientOnHold naming the lines, KeyReused.
    """
    return _book(booking, [_Leg(kind, -1, -1, bucket)])


def _book(booking: Booking, legs: Sequence[_Leg]) -> Answer:
    access = booking.access
    said: dict[str, Any] = {"step": [f"{leg.kind} {leg.bucket}" for leg in legs], "store": booking.store}
    said |= {"lines": [(wanted.product, str(wanted.quantity)) for wanted in booking.lines]}
    said |= {"reason": booking.reason, "reference": booking.reference}
    with tenancy.scope(access.organization_id):
        names = {wanted.product for wanted in booking.lines}
        found = intake.resolve({booking.store}, names, access=access)
        store_id, is_active = found.stores.get(booking.store, (0, True))
        if not store_id or not is_active:
            raise InvalidInput(fields={"store": ["This store is closed." if store_id else "No such store."]})
        products = products_of(found, booking.lines)
        behind = lanes.waiting({lanes.lane_of(store_id)}, organization_id=access.organization_id)
    for lane in behind:
        lanes.drain(access.organization_id, lane, via=AppliedVia.REQUEST)

    def attempt() -> Answer:
        given = step_keys.claim(booking.key, said)
        if given is not None:
            return given
        rows = [
            _movement(booking, leg, store_id, product, wanted.quantity, SOURCE if len(legs) == 1 else REBOOKING)
            for leg in legs
            for product, wanted in zip(products, booking.lines, strict=True)
        ]
        verdicts = ledger.apply_step(rows, via=AppliedVia.REQUEST)
        stands = {row.pop("product_id"): row for row in _balances(store_id, products)}
        if any(verdict.rejection for verdict in verdicts):
            raise _refusal(booking, legs, rows, verdicts, stands, found)
        lines = [
            {
                "product": product,
                "sku": found.labels["product", product][0],
                "quantity": wanted.quantity,
                "movements": [row["id"] for row in rows if row["product"] == product],
                **stands[product],
            }
            for product, wanted in zip(products, booking.lines, strict=True)
        ]
        return step_keys.keep(booking.key, {"store": store_id, "bucket": legs[-1].bucket, "lines": lines})

    return ledger.in_scope(attempt, organization_id=access.organization_id)


def _balances(store_id: int, products: Sequence[int]) -> Any:
    balances = Stock.objects.filter(store_id=store_id, product_id__in=products)
    return balances.values(*SHOWN, available=Stock.available())


def _movement(booking: Booking, leg: _Leg, store_id: int, product_id: int, units: Decimal, source: str) -> LedgerRow:
    at = clock.now().astimezone(UTC).isoformat()
    return ledger_rows.row_defaults(
        id=ledger_rows.new_id(),
        store=store_id,
        product=product_id,
        kind=leg.kind,
        quantity=f"{leg.on_hand * units:f}",
        held=f"{leg.held * units:f}",
        bucket=leg.bucket,
        effective_at=at,
        recorded_at=at,
        actor=booking.acting_as.user_id,
        actor_label=booking.acting_as.label,
        request_id=booking.acting_as.request_id,
        source=source,
        reference=booking.reference,
        reason=booking.reason,
    )


def _refusal(
    booking: Booking,
    legs: Sequence[_Leg],
    rows: Sequence[LedgerRow],
    verdicts: Sequence[Verdict],
    stands: dict[int, dict[str, Any]],
    found: intake.References,
) -> InsufficientStock | InsufficientOnHold | HoldRefused:
    """What the ledger said, by line. What it did apply of this request still stands in the figures, and is undone."""
    errors: dict[str, Errors] = {}
    codes: set[str] = set()
    for number, (row, verdict) in enumerate(zip(rows, verdicts, strict=True)):
        place = str(number % len(booking.lines) + 1)
        if not verdict.rejection or place in errors:
            continue
        codes.add(verdict.rejection)
        sku = found.labels["product", row["product"]][0]
        wanted = booking.lines[int(place) - 1].quantity
        sentence = REJECTIONS.get(verdict.rejection, verdict.rejection)
        if verdict.rejection == "insufficient_on_hold":
            there = stands[row["product"]][f"on_hold_{legs[0].bucket}"]
            sentence = f"{sku}: {plain(wanted)} wanted, {plain(there)} on hold as {legs[0].bucket}."
        elif verdict.rejection == "insufficient_stock":
            there = stands[row["product"]]["on_hand" if legs[0].on_hand else "available"]
            sentence = f"{sku}: {plain(wanted)} wanted, {plain(there)} {'on hand' if legs[0].on_hand else 'available'}."
        errors[place] = {"quantity": [sentence]}
    kinds: dict[str, type[InsufficientStock | InsufficientOnHold]] = {
        "insufficient_on_hold": InsufficientOnHold,
        "insufficient_stock": InsufficientStock,
    }
    known = kinds.get(codes.pop()) if len(codes) == 1 else None
    return (known or HoldRefused)(fields={"lines": errors})
