"""What a manager looks at first: what runs out, what waits, whether the books were verified."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from inventory_project.kernel import clock
from inventory_project.kernel.access import Access
from stock.choices import CountState, MailingState, StockStatus
from stock.models import InboxMovement, LedgerVerification, MailingRun
from stock.models.transfer_orders import UNDER_WAY, TransferStatus
from stock.selectors import balances, counts, transfer_orders

MOST_COUNTED = 1000
URGENCY = [StockStatus.NEGATIVE, StockStatus.OUT, StockStatus.LOW]


def most_urgent(access: Access, *, most: int) -> list[dict[str, Any]]:
    """The balances that need attention first, with names: one query a status, only as far as rows are wanted.

    By status, because the index of such balances is ordered by it and a chain may have very many.
    """
    found: list[dict[str, Any]] = []
    for status in URGENCY:
        if len(found) < most:
            rows = balances.visible_to(access).filter(status=status).order_by("store_id", "product_id")
            found += balances.as_rows(rows)[: most - len(found)]
    return found


def count_waiting(access: Access) -> int:
    """Accepted movements that are not applied yet, counted up to MOST_COUNTED."""
    waiting = InboxMovement.objects.all()
    if access.store_ids is not None:
        waiting = waiting.filter(store_id__in=access.store_ids)
    return len(waiting.values_list("id", flat=True)[:MOST_COUNTED])


def last_verification() -> LedgerVerification | None:
    """The newest published result."""
    newest: LedgerVerification | None = LedgerVerification.objects.order_by("-id").first()
    return newest


def waiting_for_a_manager(access: Access) -> dict[str, int]:
    """What waits for somebody's decision, each counted up to MOST_COUNTED: one query each."""
    orders, found = transfer_orders.visible_to(access), counts.visible_to(access)
    # A list that is still being sent after an hour lost its worker each time.
    lost = Q(state=MailingState.SENDING, started_at__lt=clock.now() - timedelta(hours=1))
    runs = MailingRun.objects.filter(
        Q(state=MailingState.FAILED) | lost, due_date__gte=clock.now().date() - timedelta(days=1)
    )
    if access.store_ids is not None:
        runs = runs.filter(mailing__store_id__in=access.store_ids)
    waiting = {
        "to_approve": orders.filter(status=TransferStatus.REQUESTED),
        "under_way": orders.filter(status__in=UNDER_WAY),
        "to_review": found.filter(state=CountState.COUNTED),
        "not_mailed": runs,
    }
    return {name: len(rows.values_list("pk", flat=True)[:MOST_COUNTED]) for name, rows in waiting.items()}
