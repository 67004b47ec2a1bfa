"""Orders to suppliers but for their deliveries: draft, change, send, send again, close, cancel.

What takes goods in is in goods_receipts; what is mailed, in purchase_letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Max
from django.db.models.functions import Coalesce

from accounts.models import Organization
from catalog.models import Supplier
from inventory_project.kernel import clock, records
from inventory_project.kernel.access import Access, Actor
from inventory_project.kernel.errors import InvalidInput, PermissionRefused
from stock.errors import WrongPurchaseState
from stock.models import PurchaseLine, PurchaseOrder
from stock.models.numbers import NumberKind
from stock.models.purchase_orders import PurchaseSource, PurchaseStatus, SentBy
from stock.selectors import purchase_orders as selectors
from stock.services import (
    intake,
    ledger,
    ledger_rows,
    numbers,
    purchase_letters,
    purchase_lines,
    purchase_steps,
    step_keys,
)
from stock.services.intake import CLOCK_SKEW, EARLIEST, Errors, Reference
from stock.services.purchase_lines import Bought
from stock.services.step_keys import Answer
from stock.services.steps import Outcome

# What may still be changed when the supplier has the order.
AFTER_SENDING = frozenset({"expected_on", "reference", "note"})


def create(
    *,
    supplier: int,
    store: Reference,
    lines: Sequence[Bought],
    access: Access,
    acting_as: Actor,
    currency: str | None = None,
    expected_on: date | None = None,
    reference: str = "",
    note: str = "",
    proposal: str = "",
    key: str | None = None,
) -> Answer:
    """Draft an order to a supplier for a store the caller may work in. `proposal` names what it was accepted from.

    Raises PermissionRefused, InvalidInput naming fields and rows, KeyReused.
    """
    step = purchase_steps.CREATE
    purchase_steps.check_role(purchase_steps.CHANGE, access)
    _refuse_costs(lines, access)
    said = {**purchase_steps.heard(step, access), "supplier": supplier, "store": store, "currency": currency}
    said |= {"lines": [bought.said() for bought in lines], "expected_on": expected_on}
    said |= {"reference": reference, "note": note, "proposal": proposal}

    def attempt() -> Answer:
        _store(store, access)
        given = step_keys.claim(key, said)
        if given is not None:
            return given
        order = draft_step(
            supplier=supplier,
            store=store,
            lines=lines,
            access=access,
            acting_as=acting_as,
            currency=currency,
            expected_on=expected_on,
            reference=reference,
            note=note,
            proposal=proposal,
        )
        return step_keys.keep(key, selectors.find(str(order.pk), access))

    return ledger.in_scope(attempt, organization_id=access.organization_id)


def draft_step(
    *,
    supplier: int,
    store: Reference,
    lines: Sequence[Bought],
    access: Access,
    acting_as: Actor,
    currency: str | None = None,
    expected_on: date | None = None,
    reference: str = "",
    note: str = "",
    proposal: str = "",
) -> PurchaseOrder:
    """Draft an order inside the caller's transaction. Raises InvalidInput naming fields and rows."""
    order = PurchaseOrder(
        id=ledger_rows.new_id(),
        organization_id=access.organization_id,
        store_id=_store(store, access),
        supplier_id=_supplier(supplier),
        currency=currency or Organization.objects.values_list("currency", flat=True).get(pk=access.organization_id),
        expected_on=expected_on,
        reference=reference,
        note=note,
        source=PurchaseSource.PROPOSAL if proposal else PurchaseSource.BY_HAND,
        proposal=proposal,
        created_by_id=acting_as.user_id,
        created_by=acting_as.label[:150],
        number=numbers.draw(NumberKind.ORDER),
    )
    order.save(force_insert=True)
    detail = purchase_lines.write(order, lines)
    outcome = Outcome(PurchaseStatus.DRAFT, detail={**detail, "proposal": proposal})
    purchase_steps.remember(purchase_steps.CREATE, order, outcome, acting_as=acting_as)
    return order


def change(
    *,
    order_id: str,
    values: Mapping[str, Any],
    lines: Sequence[Bought] | None,
    access: Access,
    acting_as: Actor,
    expected: records.Versions = None,
) -> Answer:
    """Change a draft; `lines`, when given, replace those it has. Of an order that was sent, only the expected date,
    reference and note. Raises PurchaseNotFound, WrongPurchaseState, StaleVersion, InvalidInput naming fields and rows.
    """
    _refuse_costs(lines or (), access)

    def work(order: PurchaseOrder) -> Outcome:
        frozen = (values.keys() | ({"lines"} if lines is not None else set())) - AFTER_SENDING
        if order.status != PurchaseStatus.DRAFT and frozen:
            raise WrongPurchaseState(
                f"{order.label} is with the supplier: {', '.join(sorted(frozen))} cannot be changed any more.",
                fields={"status": order.status},
            )
        changes = dict(values)
        if "supplier" in changes:
            changes["supplier_id"] = _supplier(changes.pop("supplier"))
        if "store" in changes:
            changes["store_id"] = _store(changes.pop("store"), access)
        _refuse_new_currency(order, changes.get("currency", order.currency), lines)
        detail = {name: value for name, value in changes.items() if getattr(order, name) != value}
        if lines is not None:
            order.currency = changes.get("currency", order.currency)
            detail |= purchase_lines.write(order, lines)
        return Outcome(order.status, detail=detail, changes=changes)

    return purchase_steps.carry_out(
        purchase_steps.CHANGE, work, order_id=order_id, access=access, acting_as=acting_as, expected=expected
    )


def send(
    *,
    order_id: str,
    access: Access,
    acting_as: Actor,
    by: str | None = None,
    sent_at: datetime | None = None,
    key: str | None = None,
) -> Answer:
    """The supplier gets the order: from now on its lines stand and are on order.

    `by` email mails it to the supplier's address, once; by other, it was told in another way, at `sent_at` if not now.
    When `by` is left out: email if the supplier has an address. The expected date, when none was given, is reckoned
    from the lead times in the catalogue. Raises InvalidInput, and what every step raises.
    """

    def work(order: PurchaseOrder) -> Outcome:
        _refuse_ended(order)
        email = order.supplier.email
        way = by or (SentBy.EMAIL if email else SentBy.OTHER)
        at = _sent_at(way, sent_at)
        if way == SentBy.EMAIL:
            purchase_letters.write(order, acting_as=acting_as)
        expected_on = order.expected_on or _reckoned(order, at)
        detail = {"by": str(way), "to": email if way == SentBy.EMAIL else "", "expected_on": expected_on}
        changes = {"sent_at": at, "sent_by": way, "expected_on": expected_on}
        return Outcome(PurchaseStatus.SENT, detail=detail, changes=changes)

    said = {"by": by, "sent_at": sent_at}
    return purchase_steps.carry_out(
        purchase_steps.SEND, work, order_id=order_id, access=access, acting_as=acting_as, key=key, said=said
    )


def resend(*, order_id: str, access: Access, acting_as: Actor, key: str | None = None) -> Answer:
    """Mail the order once more, as it is now. Raises InvalidInput when the supplier has no address."""

    def work(order: PurchaseOrder) -> Outcome:
        purchase_letters.write(order, acting_as=acting_as)
        return Outcome(order.status, detail={"to": order.supplier.email})

    return purchase_steps.carry_out(
        purchase_steps.RESEND, work, order_id=order_id, access=access, acting_as=acting_as, key=key
    )


def close(*, order_id: str, access: Access, acting_as: Actor, reason: str = "", key: str | None = None) -> Answer:
    """Nothing more is expected: what has not come is cancelled, and needs a reason. Raises InvalidInput."""

    def work(order: PurchaseOrder) -> Outcome:
        missing = PurchaseLine.objects.filter(order=order, outstanding__gt=0)
        short = dict(missing.values_list("product__sku", "outstanding"))
        if short and not reason:
            raise InvalidInput(fields={"reason": ["Units are missing: say why no more of them will come."]})
        missing.update(cancelled=F("cancelled") + F("outstanding"))
        detail = {"reason": reason, "short": short}
        return Outcome(PurchaseStatus.CLOSED, detail=detail, changes={"end_reason": reason})

    return purchase_steps.carry_out(
        purchase_steps.CLOSE,
        work,
        order_id=order_id,
        access=access,
        acting_as=acting_as,
        key=key,
        said={"reason": reason},
    )


def cancel(*, order_id: str, reason: str, access: Access, acting_as: Actor, key: str | None = None) -> Answer:
    """Give up an order of which nothing was received. The supplier is not told from here."""

    def work(order: PurchaseOrder) -> Outcome:
        PurchaseLine.objects.filter(order=order).update(cancelled=F("cancelled") + F("outstanding"))
        purchase_letters.withdraw(order)
        return Outcome(PurchaseStatus.CANCELLED, detail={"reason": reason}, changes={"end_reason": reason})

    return purchase_steps.carry_out(
        purchase_steps.CANCEL,
        work,
        order_id=order_id,
        access=access,
        acting_as=acting_as,
        key=key,
        said={"reason": reason},
    )


def _refuse_costs(lines: Sequence[Bought], access: Access) -> None:
    rows = [str(row) for row, bought in enumerate(lines, start=1) if bought.unit_cost is not None]
    if rows and not access.sees_costs:
        raise PermissionRefused(
            "You do not have the right to see or set costs.",
            fields={"lines": {row: {"unit_cost": ["Needs the right to see costs."]} for row in rows}},
        )


def _refuse_new_currency(order: PurchaseOrder, currency: str, lines: Sequence[Bought] | None) -> None:
    if currency != order.currency and lines is None:
        raise InvalidInput(
            fields={"currency": [f"The costs of the lines are in {order.currency}: give the lines anew with it."]}
        )


def _supplier(supplier_id: int) -> int:
    found = Supplier.objects.filter(pk=supplier_id).values_list("is_active", flat=True).first()
    if not found:
        sentence = "No such supplier." if found is None else "This supplier is inactive."
        raise InvalidInput(fields={"supplier": [sentence]})
    return supplier_id


def _store(store: Reference, access: Access) -> int:
    store_id, is_active = intake.resolve({store}, (), access=access).stores.get(store, (0, True))
    if not store_id or not is_active:
        errors: Errors = {"store": ["This store is closed." if store_id else "No such store."]}
        raise InvalidInput(fields=errors)
    return store_id


def _refuse_ended(order: PurchaseOrder) -> None:
    """A draft may have waited while its supplier was made inactive, or its store closed."""
    errors: Errors = {}
    if not order.supplier.is_active:
        errors["supplier"] = ["This supplier is inactive."]
    if not order.store.is_active:
        errors["store"] = ["This store is closed."]
    if errors:
        raise InvalidInput(fields=errors)


def _sent_at(way: str, sent_at: datetime | None) -> datetime:
    now = clock.now()
    if sent_at is None:
        return now
    if way == SentBy.EMAIL:
        raise InvalidInput(fields={"sent_at": ["A mailed order is sent now. Leave it out, or say by other."]})
    if not EARLIEST <= sent_at <= now + CLOCK_SKEW:
        raise InvalidInput(fields={"sent_at": ["The time lies in the future, or too far in the past."]})
    return min(sent_at, now)


def _reckoned(order: PurchaseOrder, sent_at: datetime) -> date:
    """When the slowest line should be here, by the lead times in the catalogue and the store's clock."""
    days = PurchaseLine.objects.filter(order=order).aggregate(
        days=Max(Coalesce("product__lead_time_days", order.supplier.lead_time_days))
    )["days"]
    return sent_at.astimezone(ZoneInfo(order.store.time_zone)).date() + timedelta(days=days)
