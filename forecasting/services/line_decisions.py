"""What people decide about lines: another quantity, not at all, not now. Accepting is in `acceptance`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from audit import services as audit
from forecasting.errors import LineDecided, LineNotFound
from forecasting.models import RestockLine
from forecasting.models.proposals import LineSource, LineStatus
from forecasting.restock import replay
from forecasting.selectors import restock_lines
from inventory_project.kernel import clock, records
from inventory_project.kernel.access import Access, Actor, Role
from inventory_project.kernel.errors import InvalidInput, PermissionRefused

LONGEST_SNOOZE = timedelta(days=90)
OPEN = (LineStatus.PROPOSED, LineStatus.SNOOZED)


def edit(
    *,
    line_id: int,
    quantity: Decimal | None,
    reason: str,
    access: Access,
    acting_as: Actor,
    expected: records.Versions = None,
) -> None:
    """Order another quantity than proposed, for a reason; None takes the choice back.

    Raises LineNotFound, LineDecided, StaleVersion, InvalidInput naming `quantity` or `reason`.
    """
    line = taken(line_id, access)
    if quantity is not None and not reason.strip():
        raise InvalidInput(fields={"reason": ["Say why: it is looked at later, beside what was sold."]})
    if quantity is not None and line.source == LineSource.TRANSFER:
        can = Decimal(repr(replay.spare(line.inputs)))
        if quantity > can:
            sentence = f"The other store can spare {records.plain(can)} without running short itself."
            raise InvalidInput(fields={"quantity": [sentence]})
    values = {"chosen": quantity, "reason": reason.strip() if quantity is not None else ""}
    values |= {"chosen_by": acting_as.label[:150] if quantity is not None else ""}
    _decide("changed", line, values, acting_as=acting_as, expected=expected)


def dismiss(*, line_id: int, reason: str, access: Access, acting_as: Actor, expected: records.Versions = None) -> None:
    """Not this time: the next proposal may name it again. Raises LineNotFound, LineDecided, StaleVersion."""
    values: dict[str, Any] = {"status": LineStatus.DISMISSED, "snoozed_until": None}
    line = taken(line_id, access)
    if reason.strip() or line.chosen is None:
        values["reason"] = reason.strip()
    _decide("dismissed", line, values, acting_as=acting_as, expected=expected)


def snooze(*, line_id: int, until: date, access: Access, acting_as: Actor, expected: records.Versions = None) -> None:
    """Not before this day by the store's clock: until then no proposal names the product for this store.

    Raises LineNotFound, LineDecided, StaleVersion, InvalidInput naming `until`.
    """
    line = taken(line_id, access)
    today = clock.now().astimezone(ZoneInfo(line.store.time_zone)).date()
    if not today < until <= today + LONGEST_SNOOZE:
        raise InvalidInput(fields={"until": [f"A day after today, at most {LONGEST_SNOOZE.days} days away."]})
    values = {"status": LineStatus.SNOOZED, "snoozed_until": until}
    _decide("snoozed", line, values, acting_as=acting_as, expected=expected)


def taken(line_id: int, access: Access) -> RestockLine:
    """The line, locked, if it can still be decided about. Raises PermissionRefused, LineNotFound, LineDecided."""
    check_role(access)
    lines = restock_lines.visible_to(access).select_for_update(of=("self",), no_key=True)
    line = lines.select_related("proposal", "store", "product").filter(pk=line_id).first()
    if line is None:
        raise LineNotFound()
    refuse_decided(line)
    found: RestockLine = line
    return found


def check_role(access: Access) -> None:
    """Raises PermissionRefused: buying and moving is a manager's."""
    if not access.role.at_least(Role.MANAGER):
        raise PermissionRefused(f"This step needs a {Role.MANAGER}.")


def refuse_decided(line: RestockLine) -> None:
    if line.status not in OPEN:
        raise LineDecided(f"This line was {line.status} by {line.decided_by or 'somebody'} already.")
    if not line.proposal.is_current:
        raise LineDecided("A newer proposal has replaced this one. Decide about its lines.")


def _decide(
    verb: str, line: RestockLine, values: Mapping[str, Any], *, acting_as: Actor, expected: records.Versions
) -> None:
    before = records.snapshot(line, values)
    who = {"decided_by_id": acting_as.user_id, "decided_by": acting_as.label[:150], "decided_at": clock.now()}
    records.save_changes(line, {**values, **who}, expected=expected)
    audit.record(
        f"forecasting.line.{verb}",
        acting_as=acting_as,
        object_type="restock_line",
        object_id=line.pk,
        object_label=f"{line.product.sku} for {line.store.name}",
        store_id=line.store_id,
        product_id=line.product_id,
        before=before,
        after=records.snapshot(line, values),
        detail={"proposed": line.quantity},
    )
