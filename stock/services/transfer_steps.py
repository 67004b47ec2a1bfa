"""What every step of a transfer shares: who may take it, from which state, once, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from audit import services as audit
from inventory_project.kernel import clock, records
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.kernel.errors import ChangedMeanwhile, PermissionRefused
from stock.errors import TransferNotFound, WrongTransferState
from stock.models import TransferOrder
from stock.models.transfer_orders import BEFORE_DISPATCH, UNDER_WAY, TransferStatus
from stock.selectors import transfer_orders as selectors
from stock.services import ledger, listeners, step_keys
from stock.services.step_keys import Answer
from stock.services.steps import Outcome

EITHER, SOURCE, DESTINATION = ("source_id", "destination_id"), ("source_id",), ("destination_id",)


@dataclass(frozen=True, slots=True)
class Step:
    """One verb: `past` names it in the log, `ends` are the stores in one of which the caller must be at home."""

    name: str
    past: str
    starts_from: tuple[str, ...]
    ends: tuple[str, ...] = EITHER
    role: Role = Role.STAFF


CHANGE = Step("change", "changed", (TransferStatus.DRAFT,))
REQUEST = Step("request", "requested", (TransferStatus.DRAFT,))
APPROVE = Step("approve", "approved", (TransferStatus.REQUESTED,), role=Role.MANAGER)
CANCEL = Step("cancel", "cancelled", BEFORE_DISPATCH)
# Movements are booked by somebody who may work where they are booked.
DISPATCH = Step("dispatch", "dispatched", (TransferStatus.REQUESTED, TransferStatus.APPROVED), SOURCE)
RECEIVE = Step("receive", "received", UNDER_WAY, DESTINATION)
SEND_BACK = Step("settle", "returned", UNDER_WAY, SOURCE)
WRITE_OFF = Step("settle", "written_off", UNDER_WAY, DESTINATION, Role.MANAGER)
CLOSE = Step("close", "closed", (TransferStatus.RECEIVED,))


Work = Callable[[TransferOrder], Outcome]


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
    """Take one step in one transaction, all of it or nothing; the transfer's row is locked first.

    `said` is what the caller sent: with the same key it must be the same. Raises TransferNotFound, PermissionRefused,
    KeyReused, WrongTransferState, and what `work` raises.
    """

    def attempt() -> Answer:
        order = _take(order_id, access)
        _check_rights(step, order, access)
        given = step_keys.claim(key, {"transfer": order_id, "step": step.name, **(said or {})})
        if given is not None:
            return given
        if order.status not in step.starts_from:
            raise _wrong_state(step, order)
        records.check_version(order, expected)
        outcome = work(order)
        _advance(order, outcome)
        remember(step, order, outcome, access=access, acting_as=acting_as)
        return step_keys.keep(key, selectors.find(order_id, access))

    return ledger.in_scope(attempt, organization_id=access.organization_id)


def _take(order_id: str, access: Access) -> TransferOrder:
    order = (
        selectors.visible_to(access)
        .select_for_update(of=("self",), no_key=True)
        .select_related("source", "destination")
        .filter(pk=order_id)
        .first()
    )
    if order is None:
        raise TransferNotFound()
    found: TransferOrder = order
    return found


def _check_rights(step: Step, order: TransferOrder, access: Access) -> None:
    if not access.role.at_least(step.role):
        raise PermissionRefused(f"This step needs a {step.role}.")
    if not any(access.allows_store(getattr(order, end)) for end in step.ends):
        place = "source" if step.ends == SOURCE else "destination"
        raise PermissionRefused(f"This step is taken by somebody who may work in the transfer's {place}.")


def _wrong_state(step: Step, order: TransferOrder) -> WrongTransferState:
    sentence = f"{order.label} is {order.get_status_display().lower()}, so it cannot be {step.past.replace('_', ' ')}."
    if order.status in UNDER_WAY and step in (CANCEL, CLOSE):
        sentence += " Units are in transit: receive them, or settle them (written off, or sent back to the source)."
    return WrongTransferState(sentence, fields={"status": order.status})


def _advance(order: TransferOrder, outcome: Outcome) -> None:
    """Write the new state if the order still is what was locked."""
    now = clock.now()
    values: dict[str, Any] = {"status": outcome.status, "version": order.version + 1, "updated_at": now}
    if outcome.status == TransferStatus.DISPATCHED and order.dispatched_at is None:
        values["dispatched_at"] = now
    if outcome.status in (TransferStatus.CLOSED, TransferStatus.CANCELLED):
        values["ended_at"] = now
    found = TransferOrder.objects.filter(pk=order.pk, status=order.status, version=order.version)
    if not found.update(**values, **outcome.changes):
        raise ChangedMeanwhile()


def remember(step: Step, order: TransferOrder, outcome: Outcome, *, access: Access, acting_as: Actor) -> None:
    """One entry in the log, under the store where it happened."""
    at_home = [getattr(order, end) for end in step.ends if access.allows_store(getattr(order, end))]
    audit.record(
        f"stock.transfer.{step.past}",
        acting_as=acting_as,
        object_type="transfer",
        object_id=order.pk,
        object_label=order.label,
        store_id=at_home[0],
        before={"status": order.status},
        after={"status": outcome.status},
        detail={"from_store": order.source_id, "to_store": order.destination_id, **outcome.detail},
    )
    # What is on its way has changed, or when (models.watches).
    listeners.a_balance_called()
