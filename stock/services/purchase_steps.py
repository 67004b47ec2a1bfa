"""What every step of a purchase order shares: who may take it, from which state, once, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from audit import services as audit
from inventory_project.kernel import clock, records
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.kernel.errors import ChangedMeanwhile, PermissionRefused
from stock.errors import PurchaseNotFound, WrongPurchaseState
from stock.models import PurchaseLine, PurchaseOrder
from stock.models.purchase_orders import ENDED, ON_ORDER, PurchaseStatus
from stock.selectors import purchase_orders as selectors
from stock.services import ledger, listeners, step_keys
from stock.services.step_keys import Answer
from stock.services.steps import Outcome

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One verb; `past` names it in the log. Buying is a manager's, taking in what was bought is anybody's."""

    name: str
    past: str
    starts_from: tuple[str, ...]
    role: Role = Role.MANAGER


CREATE = Step("draft", "drafted", ())
CHANGE = Step("change", "changed", (PurchaseStatus.DRAFT, *ON_ORDER))
SEND = Step("send", "sent", (PurchaseStatus.DRAFT,))
RESEND = Step("resend", "mailed_again", ON_ORDER)
# What comes beyond a complete delivery is taken in as well, as far as it is tolerated.
RECEIVE = Step("receive", "received", (*ON_ORDER, PurchaseStatus.RECEIVED), Role.STAFF)
REVERSE = Step("reverse", "receipt_reversed", (*ON_ORDER, PurchaseStatus.RECEIVED, PurchaseStatus.CLOSED))
CLOSE = Step("close", "closed", (PurchaseStatus.PARTIALLY_RECEIVED, PurchaseStatus.RECEIVED))
CANCEL = Step("cancel", "cancelled", (PurchaseStatus.DRAFT, PurchaseStatus.SENT))


Work = Callable[[PurchaseOrder], Outcome]


def carry_out(
    step: Step,
    work: Work,
    *,
    order_id: str,
    access: Access,
    acting_as: Actor,
    key: str | None = None,
    said: Mapping[str, Any] | None = None,
    expected: records.Versions = None,
) -> Answer:
    """Take one step in one transaction, all of it or nothing; the order's row is locked first.

    `said` is what the caller sent: with the same key it must be the same. Raises PurchaseNotFound, PermissionRefused,
    KeyReused, WrongPurchaseState, and what `work` raises.
    """

    def attempt() -> Answer:
        order = _take(order_id, access)
        check_role(step, access)
        given = step_keys.claim(key, {"purchase": order_id, **heard(step, access), **(said or {})})
        if given is not None:
            return given
        if order.status not in step.starts_from:
            raise _wrong_state(step, order)
        records.check_version(order, expected)
        outcome = work(order)
        _advance(order, outcome)
        remember(step, order, outcome, acting_as=acting_as)
        return step_keys.keep(key, selectors.find(order_id, access))

    return ledger.in_scope(attempt, organization_id=access.organization_id)


def heard(step: Step, access: Access) -> dict[str, Any]:
    """What makes two requests with one key the same besides what was sent: an answer with costs is repeated only to
    those who may see them."""
    return {"step": step.name, "with_costs": access.sees_costs}


def check_role(step: Step, access: Access) -> None:
    if not access.role.at_least(step.role):
        raise PermissionRefused(f"This step needs a {step.role}.")


def standing(order: PurchaseOrder) -> str:
    """The state that an order under way is in by what its lines say."""
    sums = PurchaseLine.objects.filter(order=order).aggregate(
        arrived=Sum("received", default=NOTHING), missing=Sum("outstanding", default=NOTHING)
    )
    if not sums["missing"]:
        return PurchaseStatus.RECEIVED
    return PurchaseStatus.PARTIALLY_RECEIVED if sums["arrived"] else PurchaseStatus.SENT


def _take(order_id: str, access: Access) -> PurchaseOrder:
    order = (
        selectors.visible_to(access)
        .select_for_update(of=("self",), no_key=True)
        .select_related("store", "supplier")
        .filter(pk=order_id)
        .first()
    )
    if order is None:
        raise PurchaseNotFound()
    found: PurchaseOrder = order
    return found


def _wrong_state(step: Step, order: PurchaseOrder) -> WrongPurchaseState:
    done = step.past.replace("_", " ")
    sentence = f"{order.label} is {order.get_status_display().lower()}, so it cannot be {done}."
    if step is CANCEL and order.status == PurchaseStatus.PARTIALLY_RECEIVED:
        sentence += " Some of it is here: close it, and what is missing is no longer expected."
    elif step is CLOSE and order.status == PurchaseStatus.SENT:
        sentence += " Nothing of it has been received: cancel it."
    return WrongPurchaseState(sentence, fields={"status": order.status})


def _advance(order: PurchaseOrder, outcome: Outcome) -> None:
    """Write the new state if the order still is what was locked."""
    now = clock.now()
    values: dict[str, Any] = {"status": outcome.status, "version": order.version + 1, "updated_at": now}
    if outcome.status in ENDED and order.status not in ENDED:
        values["ended_at"] = now
    found = PurchaseOrder.objects.filter(pk=order.pk, status=order.status, version=order.version)
    if not found.update(**values, **outcome.changes):
        raise ChangedMeanwhile()


def remember(step: Step, order: PurchaseOrder, outcome: Outcome, *, acting_as: Actor) -> None:
    """One entry in the log, under the order's store."""
    audit.record(
        f"stock.purchase.{step.past}",
        acting_as=acting_as,
        object_type="purchase",
        object_id=order.pk,
        object_label=order.label,
        store_id=order.store_id,
        before={"status": order.status},
        after={"status": outcome.status},
        detail={"supplier": order.supplier_id, **outcome.detail},
    )
    # What is on its way has changed, or when (models.watches).
    listeners.a_balance_called()
