"""Reservations: promise units of one store to an order, extend the promise, give it up, make it good.

Reserving is all or nothing, or what is there when the caller says so. Nothing here moves goods but `fulfil`, whose
movements go through the ledger's one apply in the transaction that closes the promise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Organization
from inventory_project.kernel import clock, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.records import plain
from stock.choices import REJECTIONS, RESERVATION, AppliedVia, Kind
from stock.errors import InsufficientStock, ReservationNotFound
from stock.models import Reservation, ReservationFulfilment, ReservationLine
from stock.models.reservations import ReservationStatus
from stock.selectors import reservations as selectors
from stock.services import intake, ledger, ledger_rows, promises, reservation_steps, step_keys
from stock.services.intake import Errors, Reference
from stock.services.ledger_rows import LedgerRow
from stock.services.reservation_steps import Item, Outcome, Taken
from stock.services.step_keys import Answer
from stock.services.transfer_orders import Wanted, products_of

NOTHING = Decimal(0)


def reserve(
    *,
    store: Reference,
    lines: Sequence[Wanted],
    access: Access,
    acting_as: Actor,
    reference: str = "",
    note: str = "",
    expires_at: datetime | None = None,
    partial: bool = False,
    key: str | None = None,
) -> Answer:
    """Reserve all lines, or with `partial` as much of each as is available; `short` of the answer names what is not.

    Raises InvalidInput naming fields and rows, InsufficientStock naming what is available, KeyReused.
    """
    said: dict[str, Any] = {"step": "reserve", "store": store, "reference": reference, "note": note}
    said |= {"lines": [(wanted.product, str(wanted.quantity)) for wanted in lines]}
    said |= {"expires_at": expires_at, "partial": partial}
    with tenancy.scope(access.organization_id):
        found = intake.resolve({store}, {wanted.product for wanted in lines}, access=access)
        # Whatever has become of the store and the products since, if the caller may still see it.
        given = step_keys.find(key, said) if store in found.stores else None
        if given is not None:
            return given
        store_id = _store(found, store)
        products = products_of(found, lines)
    reservation_steps.let_earlier_ones_go_first(store_id, access.organization_id)

    def attempt() -> Answer:
        given = step_keys.claim(key, said)
        if given is not None:
            return given
        now = clock.now()
        reservation = Reservation(
            id=ledger_rows.new_id(),
            organization_id=access.organization_id,
            store_id=store_id,
            reference=reference,
            note=note,
            expires_at=_until(expires_at, now),
            reserved_by_id=acting_as.user_id,
            reserved_by=acting_as.label,
            created_at=now,
            updated_at=now,
        )
        held, short = _share_out(store_id, products, lines, found, partial)
        reservation.save(force_insert=True)
        _promise(reservation, held)
        described = [
            {"product": product, "sku": found.labels["product", product][0], "quantity": quantity}
            for _, product, quantity in held
        ]
        detail = {"lines": described, "expires_at": reservation.expires_at.isoformat()}
        reservation_steps.remember("made", reservation, ReservationStatus.ACTIVE, detail, acting_as, new=True)
        return step_keys.keep(key, {**selectors.find(str(reservation.pk), access), "short": short})

    return ledger.in_scope(attempt, organization_id=access.organization_id)


def extend(
    *, reservation_id: str, expires_at: datetime | None, access: Access, acting_as: Actor, key: str | None = None
) -> Answer:
    """Hold the units longer: until the moment given, else for the organisation's usual time from now.

    Raises InvalidInput when that is no later than now agreed or beyond the maximum, and what every step raises.
    """

    def work(reservation: Reservation, now: datetime) -> Outcome:
        until = _until(expires_at, now)
        if until <= reservation.expires_at:
            there = reservation.expires_at.astimezone(UTC)
            raise InvalidInput(fields={"expires_at": [f"It holds until {there:%Y-%m-%dT%H:%M:%SZ} already."]})
        moments = {"from": reservation.expires_at.isoformat(), "to": until.isoformat()}
        return Outcome({"expires_at": until}, moments)

    return reservation_steps.carry_out(
        reservation_steps.EXTEND,
        work,
        reservation_id=reservation_id,
        access=access,
        acting_as=acting_as,
        key=key,
        said={"expires_at": expires_at},
    )


def release(
    *,
    reservation_id: str,
    lines: Sequence[Taken] | None,
    reason: str,
    access: Access,
    acting_as: Actor,
    key: str | None = None,
) -> Answer:
    """Give the units back: all that is open, or `lines`."""

    def work(reservation: Reservation, now: datetime) -> Outcome:
        items = reservation_steps.items_of(reservation, lines)
        reservation_steps.settle(items, fulfilled=False)
        return Outcome(detail={"reason": reason, **reservation_steps.described(items)})

    return reservation_steps.carry_out(
        reservation_steps.RELEASE,
        work,
        reservation_id=reservation_id,
        access=access,
        acting_as=acting_as,
        key=key,
        said={"reason": reason, "lines": reservation_steps.said_of(lines)},
    )


def fulfil(
    *,
    reservation_id: str,
    lines: Sequence[Taken] | None,
    kind: Kind,
    reason: str,
    access: Access,
    acting_as: Actor,
    key: str | None = None,
) -> Answer:
    """Hand the units over: all that is open, or `lines`; each is one movement, a sale or a removal.

    The promise is closed and the goods leave in one transaction, so the ledger's guard never refuses a reservation its
    own goods. Raises InsufficientStock naming the lines whose goods are not there, InvalidInput naming one
    whose value is beyond what the ledger takes, and what every step raises.
    """

    def work(reservation: Reservation, now: datetime) -> Outcome:
        items = reservation_steps.items_of(reservation, lines)
        reservation_steps.settle(items, fulfilled=True)
        rows = [_movement(reservation, item, kind, reason, now, acting_as) for item in items]
        verdicts = ledger.apply_step(rows, via=AppliedVia.REQUEST)
        refused = [
            (item, verdict.rejection) for item, verdict in zip(items, verdicts, strict=True) if verdict.rejection
        ]
        if refused:
            raise _refusal(refused)
        ReservationFulfilment.objects.bulk_create(
            ReservationFulfilment(
                organization_id=reservation.organization_id,
                movement_id=row["id"],
                line=item.line,
                quantity=item.quantity,
            )
            for item, row in zip(items, rows, strict=True)
        )
        return Outcome(detail={"kind": str(kind), "reason": reason, **reservation_steps.described(items)})

    with tenancy.scope(access.organization_id):
        reservation = selectors.visible_to(access).filter(pk=reservation_id).first()
    if reservation is None:
        raise ReservationNotFound()
    reservation_steps.let_earlier_ones_go_first(reservation.store_id, access.organization_id)
    return reservation_steps.carry_out(
        reservation_steps.FULFIL,
        work,
        reservation_id=reservation_id,
        access=access,
        acting_as=acting_as,
        key=key,
        said={"kind": str(kind), "reason": reason, "lines": reservation_steps.said_of(lines)},
    )


def _store(found: intake.References, store: Reference) -> int:
    store_id, is_active = found.stores.get(store, (0, True))
    if not store_id:
        raise InvalidInput(fields={"store": ["No such store."]})
    if not is_active:
        raise InvalidInput(fields={"store": ["This store is closed."]})
    return store_id


def _until(expires_at: datetime | None, now: datetime) -> datetime:
    """When a reservation ends. Raises InvalidInput when that is past, or later than the organisation allows."""
    rules = Organization.objects.get(pk=tenancy.current_organization_id())
    if expires_at is None:
        return now + timedelta(hours=rules.reservation_hours)
    if expires_at <= now:
        raise InvalidInput(fields={"expires_at": ["This moment is past."]})
    if expires_at > now + timedelta(hours=rules.reservation_max_hours):
        sentence = f"A reservation lasts at most {rules.reservation_max_hours} hours from now."
        raise InvalidInput(fields={"expires_at": [sentence]})
    return expires_at


Held = tuple[int, int, Decimal]
"""Position, product id, units."""


def _share_out(
    store_id: int, products: Sequence[int], lines: Sequence[Wanted], found: intake.References, partial: bool
) -> tuple[list[Held], list[dict[str, Any]]]:
    """The units each line gets, under the balances' locks, and what is missing by row.

    Raises InsufficientStock naming the rows: when one gets less than wanted, or with `partial` none gets anything.
    """
    available = promises.hold_available(store_id, products)
    held: list[Held] = []
    short: list[dict[str, Any]] = []
    errors: dict[str, Errors] = {}
    for row, (product, line) in enumerate(zip(products, lines, strict=True), start=1):
        there = max(available.get(product, NOTHING), NOTHING)
        units = min(line.quantity, there)
        if units:
            held.append((row, product, units))
        if units < line.quantity:
            sku = found.labels["product", product][0]
            short.append({"row": row, "product": product, "sku": sku, "wanted": line.quantity, "reserved": units})
            errors[str(row)] = {"quantity": [f"{sku}: {plain(line.quantity)} wanted, {plain(there)} available."]}
    if errors and not (partial and held):
        raise InsufficientStock("Not enough is available; nothing was reserved.", fields={"lines": errors})
    return held, short


def _promise(reservation: Reservation, held: Sequence[Held]) -> None:
    ReservationLine.objects.bulk_create(
        ReservationLine(
            organization_id=reservation.organization_id,
            reservation=reservation,
            store_id=reservation.store_id,
            product_id=product,
            position=position,
            quantity=units,
        )
        for position, product, units in held
    )
    promises.change((reservation.store_id, product, units) for _, product, units in held)


def _movement(
    reservation: Reservation, item: Item, kind: Kind, reason: str, now: datetime, acting_as: Actor
) -> LedgerRow:
    at = now.astimezone(UTC).isoformat()
    return ledger_rows.row_defaults(
        id=ledger_rows.new_id(),
        store=reservation.store_id,
        product=item.line.product_id,
        kind=kind,
        quantity=f"{-item.quantity:f}",
        effective_at=at,
        recorded_at=at,
        actor=acting_as.user_id,
        actor_label=acting_as.label,
        request_id=acting_as.request_id,
        source=RESERVATION,
        reference=reservation.label,
        reason=reason,
        unit_price=None if item.unit_price is None else f"{item.unit_price:f}",
    )


def _refusal(refused: Sequence[tuple[Item, str]]) -> InsufficientStock | InvalidInput:
    """What the ledger said, by line: goods that are not there, else what is wrong with the line itself."""
    errors: dict[str, Errors] = {}
    for item, rejection in refused:
        if rejection != "insufficient_stock":
            return InvalidInput(fields={"lines": item.refuse("unit_price", REJECTIONS.get(rejection, rejection))})
        sentence = f"{item.line.product.sku}: the goods on hand do not cover {plain(item.quantity)}."
        errors |= item.refuse("quantity", sentence)
    return InsufficientStock("The goods are not there any more; nothing was handed over.", fields={"lines": errors})
