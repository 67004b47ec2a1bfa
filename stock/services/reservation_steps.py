"""What every step of a reservation shares: it is taken once, on a reservation that still holds, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from audit import services as audit
from inventory_project.kernel import clock, sql, tenancy
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.records import plain
from stock.choices import AppliedVia
from stock.errors import ReservationExpired, ReservationNotFound, ReservationOver
from stock.models import Reservation, ReservationLine
from stock.models.reservations import ReservationStatus
from stock.selectors import reservations as selectors
from stock.services import intake, lanes, ledger, promises, reservation_expiry, step_keys
from stock.services.intake import Errors, Reference
from stock.services.step_keys import Answer

SQL = Path(__file__).resolve().parent.parent / "sql"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One verb. `past` names it in the log, `ends_as` is the status when nothing is open afterwards.

    `in_time` steps are refused when the reservation's moment has passed, swept or not.
    """

    name: str
    past: str
    ends_as: str = ""
    in_time: bool = True


EXTEND = Step("extend", "extended")
RELEASE = Step("release", "released", ReservationStatus.RELEASED, in_time=False)
FULFIL = Step("fulfil", "fulfilled", ReservationStatus.FULFILLED)


@dataclass(frozen=True, slots=True)
class Taken:
    """Units of one product as the caller names them."""

    product: Reference
    quantity: Decimal
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Units of one line; `row` is how the caller knows it."""

    row: str
    line: ReservationLine
    quantity: Decimal
    unit_price: Decimal | None = None

    def refuse(self, name: str, sentence: str) -> dict[str, Errors]:
        return {self.row: {name: [sentence]}}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step changes in the reservation itself, and what else is to be remembered of it."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    detail: Mapping[str, Any] = field(default_factory=dict)


def carry_out(
    step: Step,
    work: Callable[[Reservation, datetime], Outcome],
    *,
    reservation_id: str,
    access: Access,
    acting_as: Actor,
    key: str | None,
    said: Mapping[str, Any],
) -> Answer:
    """Take one step in one transaction, all of it or nothing; the reservation's row is locked first.

    Raises ReservationNotFound, KeyReused, ReservationOver, ReservationExpired, and what `work` raises.
    """

    def attempt() -> Answer:
        reservation = _take(reservation_id, access)
        given = step_keys.claim(key, {"reservation": reservation_id, "step": step.name, **said})
        if given is not None:
            return given
        now = clock.now()
        _require_open(step, reservation, now)
        outcome = work(reservation, now)
        status = _advance(step, reservation, outcome, now)
        remember(step.past, reservation, status, outcome.detail, acting_as)
        return step_keys.keep(key, selectors.find(reservation_id, access))

    try:
        return ledger.in_scope(attempt, organization_id=access.organization_id)
    except ReservationExpired:
        # Nobody has swept it yet: whoever notices gives its units back.
        reservation_expiry.expire(access.organization_id)
        raise


def _take(reservation_id: str, access: Access) -> Reservation:
    rows = selectors.visible_to(access).select_for_update(of=("self",), no_key=True)
    reservation: Reservation | None = rows.select_related("store").filter(pk=reservation_id).first()
    if reservation is None:
        raise ReservationNotFound()
    return reservation


def _require_open(step: Step, reservation: Reservation, now: datetime) -> None:
    status = {"status": reservation.status}
    if reservation.status == ReservationStatus.EXPIRED:
        raise ReservationExpired(fields=status)
    if reservation.status != ReservationStatus.ACTIVE:
        sentence = f"{reservation.label} is {reservation.status} and holds nothing any more."
        raise ReservationOver(sentence, fields=status)
    if step.in_time and reservation.expires_at <= now:
        raise ReservationExpired(fields={"status": ReservationStatus.EXPIRED})


def _advance(step: Step, reservation: Reservation, outcome: Outcome, now: datetime) -> str:
    values: dict[str, Any] = {"version": reservation.version + 1, "updated_at": now, **outcome.changes}
    status = reservation.status
    if not ReservationLine.objects.filter(reservation=reservation, open__gt=0).exists():
        status = step.ends_as
        values |= {"status": status, "ended_at": now}
    Reservation.objects.filter(pk=reservation.pk).update(**values)
    return status


def remember(
    past: str, reservation: Reservation, status: str, detail: Mapping[str, Any], acting_as: Actor, *, new: bool = False
) -> None:
    """One entry in the log, under the reservation's store."""
    audit.record(
        f"stock.reservation.{past}",
        acting_as=acting_as,
        object_type="reservation",
        object_id=reservation.pk,
        object_label=reservation.label,
        store_id=reservation.store_id,
        before=None if new else {"status": reservation.status},
        after={"status": status},
        detail=detail,
    )


def items_of(reservation: Reservation, taken: Sequence[Taken] | None) -> list[Item]:
    """The units of a step by line: those the caller named, or everything open. Raises InvalidInput naming rows."""
    lines = {
        line.product_id: line
        for line in ReservationLine.objects.filter(reservation=reservation)
        .select_related("product")
        .order_by("position")
    }
    if taken is None:
        return [Item(str(line.position), line, line.open) for line in lines.values() if line.open]
    found = intake.resolve((), {named.product for named in taken}, access=None)
    errors: dict[str, Errors] = {}
    items: list[Item] = []
    for row, named in enumerate(taken, start=1):
        line = lines.pop(found.products.get(named.product, 0), None)
        if line is None:
            errors[str(row)] = {"product": ["This product has no line in this reservation, or two rows here."]}
        elif named.quantity > line.open:
            errors[str(row)] = {"quantity": [f"{plain(line.open)} still reserved; more is not possible."]}
        else:
            items.append(Item(str(row), line, named.quantity, named.unit_price))
    if errors:
        raise InvalidInput(fields={"lines": errors})
    return items


def settle(items: Sequence[Item], *, fulfilled: bool) -> None:
    """The units are open no more: fulfilled, else released; and the balances promise them no longer."""
    word, other = ("fulfilled", "released") if fulfilled else ("released", "fulfilled")
    changes = [{"line": item.line.pk, word: f"{item.quantity:f}", other: "0"} for item in items]
    params = {"organization": tenancy.current_organization_id(), "changes": orjson.dumps(changes).decode()}
    sql.rows(sql.statement(SQL / "change_reservation_lines.sql"), params)
    promises.change((item.line.store_id, item.line.product_id, -item.quantity) for item in items)


def described(items: Sequence[Item]) -> dict[str, Any]:
    """The items as the log keeps them."""
    return {
        "lines": [
            {"product": item.line.product_id, "sku": item.line.product.sku, "quantity": item.quantity} for item in items
        ]
    }


def said_of(lines: Sequence[Taken] | None) -> list[tuple[Reference, str, str]] | None:
    return None if lines is None else [(each.product, str(each.quantity), str(each.unit_price)) for each in lines]


def let_earlier_ones_go_first(store_id: int, organization_id: int) -> None:
    """What was accepted in the store before this request is applied before it, and what ran out holds nothing."""
    with tenancy.scope(organization_id):
        behind = lanes.waiting({lanes.lane_of(store_id)}, organization_id=organization_id)
        overdue = selectors.overdue(clock.now()).filter(store_id=store_id).exists()
    for lane in behind:
        lanes.drain(organization_id, lane, via=AppliedVia.REQUEST)
    if overdue:
        reservation_expiry.expire(organization_id, store_id=store_id)
