"""Closing the books: from then on no movement enters a business day that is closed.

The apply itself refuses (stock/sql/apply.sql), so no door can go around it. A movement is judged when it is applied:
what waits in a lane while a period is closed is refused when its turn comes, and recorded as refused.
"""

from __future__ import annotations

from datetime import date

from audit import services as audit
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import InvalidInput
from inventory_project.kernel.tenancy import current_organization_id
from stock.models import PeriodClosing
from stock.selectors import periods
from stock.services import books


def close(*, closed_through: date | None, reason: str, acting_as: Actor) -> PeriodClosing:
    """Close the books through this business day of every store; an earlier day, or None, opens what lies after it.

    In the caller's scope. When this returns and is committed, every movement applied before is in the ledger and none
    of a closed day follows. Raises InvalidInput naming `closed_through`, Unavailable.
    """
    organization_id = current_organization_id()
    books.hold(organization_id)
    before = periods.closed_through()
    if closed_through == before:
        raise InvalidInput(fields={"closed_through": ["The books are closed through this day already." if before else
                                                      "The books are open already."]})  # fmt: skip
    today = periods.local_dates()[0]
    if closed_through is not None and closed_through >= today:
        sentence = f"This day is not over yet in every store; the last one that is over: {_day_before(today)}."
        raise InvalidInput(fields={"closed_through": [sentence]})
    decision = PeriodClosing.objects.create(
        organization_id=organization_id, closed_through=closed_through, reason=reason, decided_by=acting_as.label
    )
    closes_more = closed_through is not None and (before is None or closed_through > before)
    audit.record(
        "stock.period.closed" if closes_more else "stock.period.reopened",
        acting_as=acting_as,
        object_type="period",
        object_id=decision.pk,
        object_label=str(decision),
        before={"closed_through": _text(before)},
        after={"closed_through": _text(closed_through)},
        detail={"reason": reason},
    )
    decision.refresh_from_db()
    return decision


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
