"""`stock count`: a spot count of one product by one person, from its plan to its posting in one go."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.models import Product
from inventory_project.kernel.errors import Conflict
from stock.choices import CountKind, CountState
from stock.management.shop.counter import Counter
from stock.models import StockCount, StockCountAdjustment, StockCountLine
from stock.services import count_entries, count_posting, counts
from stock.services.counts import Verb
from stores.models import Store

ENTRY = "the shelf"


@dataclass(frozen=True, slots=True)
class Counted:
    """A posted count of one product: what the books held at its moment, and the movement that corrected them."""

    number: str
    expected: Decimal
    found: Decimal
    movement_id: str | None
    replayed: bool

    @property
    def difference(self) -> Decimal:
        return self.found - self.expected


def count(counter: Counter, *, store: Store, product: Product, found: Decimal, reason: str, key: str | None) -> Counted:
    """Plan, count and post. What a command that broke off left undone, the same key takes up again.

    Raises CountKeyReused, Conflict.
    """
    verb = Verb("plan", counter.access, counter.actor, key)
    values = {"kind": CountKind.SPOT, "name": reason, "blind": False}
    count_id, known = counts.plan(store=store.pk, values=values, products=[product.pk], take=None, verb=verb)
    state = _state(counter, count_id)
    step = Verb("", counter.access, counter.actor)
    if state == CountState.PLANNED:
        counts.start(count_id=count_id, verb=step)
    entry = {"product": product.pk, "quantity": f"{found:f}", "idempotency_key": ENTRY}
    count_entries.record(count_id=count_id, raws=[entry], key=None, access=counter.access, acting_as=counter.actor)
    if state in (CountState.PLANNED, CountState.COUNTING):
        counts.submit(count_id=count_id, verb=step)
    try:
        count_posting.approve(count_id=count_id, uncounted_as_zero=False, accept_moved=True, verb=step)
    except Conflict:
        # Nobody would come back to it: the shelf is counted anew.
        if state != CountState.CANCELLED:
            counts.cancel(count_id=count_id, verb=step)
        raise
    return _posted(counter, count_id, product, replayed=known and state == CountState.POSTED)


def _state(counter: Counter, count_id: int) -> str:
    with counter.reading():
        return str(StockCount.objects.values_list("state", flat=True).get(pk=count_id))


def _posted(counter: Counter, count_id: int, product: Product, *, replayed: bool) -> Counted:
    with counter.reading():
        line: Any = StockCountLine.objects.select_related("count").get(count_id=count_id, product=product)
        posted = StockCountAdjustment.objects.filter(line=line, late=False).values_list("movement_id", flat=True)
        movement_id = posted.first()
    return Counted(
        number=line.count.label,
        expected=line.book,
        found=line.counted,
        movement_id=None if movement_id is None else str(movement_id),
        replayed=replayed,
    )
