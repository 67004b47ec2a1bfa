"""What a count does to the ledger: the adjustments of its approval, and the corrections when movements came late.

Both ask one question of the database (count_differences.sql) while the balances are held, and post the answer through
the ledger's one apply: all lines or none.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
from django.db import connections
from django.db.models import Max, Min

from inventory_project.kernel import clock, records, sql, tenancy
from inventory_project.kernel.access import SYSTEM, Access, Actor, Role
from stock.choices import REJECTIONS, AppliedVia, CountState, Kind
from stock.errors import AdjustmentRefused, BalancesMissing, CountNotFound, MovedWhileCounted, NothingCounted
from stock.models import StockCount, StockCountEntry, StockCountLine
from stock.selectors import counts as selectors
from stock.services import counts, lanes, ledger, ledger_rows
from stock.services.counts import Verb
from stock.services.ledger_rows import LedgerRow, Verdict

logger = logging.getLogger(__name__)

SQL = Path(__file__).resolve().parent.parent / "sql"
NAMED = 100
# How long after its posting a count is looked after by itself; a till that was offline longer is corrected by hand.
LATE_DAYS = 14
REASONS = {False: "Stock count", True: "Movements that became known after the stock count"}
EARLIER_COUNT = "An earlier stock count of the product was posted"


@dataclass(frozen=True, slots=True)
class Posted:
    """One adjustment: what was added to the balance of one product for one line."""

    count_id: int
    line_id: int
    product_id: int
    sku: str
    quantity: Decimal
    movement_id: str


def approve(*, count_id: int, uncounted_as_zero: bool, accept_moved: bool, verb: Verb) -> bool:
    """Post what was counted: one adjustment for each line that differs from the book of its own moment. False when the
    count is posted already.

    Lines nobody counted stay as they are, or count as nothing found when `uncounted_as_zero`. Lines whose units moved
    between their first and last entry are refused unless `accept_moved`: then the last entry's moment is theirs.
    Raises CountNotFound, StaleVersion, WrongCountState, NothingCounted, MovedWhileCounted, AdjustmentRefused.
    """
    _let_earlier_ones_go_first(count_id, verb.access)

    def attempt() -> bool:
        count = counts.locked(count_id, verb.access)
        said = (uncounted_as_zero, accept_moved)
        if counts.is_repeat(verb, count_id, said) or count.state == CountState.POSTED:
            return False
        records.check_version(count, verb.expected)
        counts.require(count, {CountState.COUNTED})
        _hold_balances(count, _products_counted(count, uncounted_as_zero))
        lines = selectors.review(count, uncounted_as_zero=uncounted_as_zero)
        counted = [line for line in lines if line["counted"] is not None]
        _check(counted, accept_moved)
        _freeze(count, counted)
        posted = _post(count, late=False, acting_as=verb.acting_as, via=AppliedVia.REQUEST)
        now = clock.now()
        counts.write(
            count,
            "posted",
            verb.acting_as,
            state=CountState.POSTED,
            posted_at=now,
            checked_at=now,
            last_counted_at=max(line["counted_at"] for line in counted),
            posted_by=verb.acting_as.label,
            uncounted_as_zero=uncounted_as_zero,
            detail={"counted": len(counted), "uncounted": len(lines) - len(counted), **_sums(posted, count)},
        )
        return True

    return ledger.in_scope(attempt, organization_id=verb.access.organization_id)


def correct_late(
    *, count_id: int, access: Access, acting_as: Actor, via: AppliedVia = AppliedVia.REQUEST
) -> list[Posted]:
    """Post what movements that became known after the approval changed about the book of the counted moments, so that
    each balance is what was counted and all that came later. Nothing to correct: nothing is posted.

    Raises CountNotFound, WrongCountState, AdjustmentRefused.
    """
    _let_earlier_ones_go_first(count_id, access)

    def attempt() -> list[Posted]:
        count = counts.locked(count_id, access)
        counts.require(count, {CountState.POSTED})
        counted = StockCountLine.objects.filter(count=count, counted_at__isnull=False)
        _hold_balances(count, counted.values_list("product_id", flat=True))
        posted = _post(count, late=True, acting_as=acting_as, via=via)
        StockCount.objects.filter(pk=count.pk).update(checked_at=clock.now())
        return posted

    return ledger.in_scope(attempt, organization_id=access.organization_id)


def correct_late_everywhere() -> int:
    """Correct the counts of every organisation for which an earlier movement became known since they were last looked
    at. How many adjustments were posted."""
    query = sql.statement(SQL / "count_find_late.sql")
    since = clock.now() - timedelta(days=LATE_DAYS)
    with connections["platform"].cursor() as cursor:
        cursor.execute(query, {"since": since})
        found = cursor.fetchall()
    posted = 0
    for organization_id, count_id in found:
        access = Access(0, SYSTEM.label, organization_id, Role.ADMIN)
        try:
            posted += len(correct_late(count_id=count_id, access=access, acting_as=SYSTEM, via=AppliedVia.WORKER))
        except AdjustmentRefused as refused:
            # A person has to look: the count page shows the line, and the next count of the product settles it.
            logger.warning("late correction refused", extra={"count": count_id, "products": list(refused.fields)})
        except Exception:  # one count's trouble must not keep the others waiting
            logger.exception("late correction failed", extra={"organization": organization_id, "count": count_id})
    return posted


def _let_earlier_ones_go_first(count_id: int, access: Access) -> None:
    """What was accepted before this request is in the books before they are compared."""
    with tenancy.scope(access.organization_id):
        count: StockCount | None = StockCount.objects.filter(id=count_id).first()
        if count is None or not access.allows_store(count.store_id):
            raise CountNotFound()
        behind = lanes.waiting({lanes.lane_of(count.store_id)}, organization_id=access.organization_id)
    for lane in behind:
        lanes.drain(access.organization_id, lane, via=AppliedVia.REQUEST)


def _products_counted(count: StockCount, uncounted_as_zero: bool) -> Iterable[int]:
    if uncounted_as_zero:
        return StockCountLine.objects.filter(count=count).values_list("product_id", flat=True)
    entries = StockCountEntry.objects.filter(count=count, voided_at=None)
    return entries.values_list("line__product_id", flat=True).distinct()


def _hold_balances(count: StockCount, product_ids: Iterable[int]) -> None:
    """Hold the balances until commit, in everybody's order, before anything is compared."""
    wanted = [{"store": count.store_id, "product": product} for product in product_ids]
    balances = orjson.dumps(wanted)
    params = {"organization": count.organization_id, "balances": balances.decode()}
    if sql.rows(sql.statement(SQL / "lock_balances.sql"), params)[0]["locked"] < len(wanted):
        raise BalancesMissing(balances)


def _check(counted: Sequence[Mapping[str, Any]], accept_moved: bool) -> None:
    if not counted:
        raise NothingCounted()
    moved = [line for line in counted if line["moved"]]
    if moved and not accept_moved:
        names = {
            line["sku"]: [f"{line['moved'].normalize():f} came and went while it was counted."]
            for line in moved[:NAMED]
        }
        raise MovedWhileCounted(fields={"products": names})


def _freeze(count: StockCount, counted: Sequence[Mapping[str, Any]]) -> None:
    kept = ("id", "counted", "counted_at", "moved", "unit_cost")
    lines = orjson.dumps([{name: line[name] for name in kept} for line in counted], default=str)
    params = {"organization": count.organization_id, "count": count.pk, "lines": lines.decode()}
    sql.rows(sql.statement(SQL / "count_freeze.sql"), params)


def _post(count: StockCount, *, late: bool, acting_as: Actor, via: AppliedVia) -> list[Posted]:
    """Post every difference there is now, through one apply. Raises AdjustmentRefused when one cannot be posted."""
    moments = StockCountLine.objects.filter(count=count).aggregate(first=Min("counted_at"), last=Max("counted_at"))
    params = {
        "organization": count.organization_id,
        "count": count.pk,
        "store": count.store_id,
        "since": moments["first"],
    }
    found = sql.rows(sql.statement(SQL / "count_differences.sql"), params)
    if not found:
        return []
    rows = [_movement(count, difference, late, acting_as) for difference in found]
    verdicts = ledger.apply_step(rows, via=via)
    refused = [(d, verdict) for d, verdict in zip(found, verdicts, strict=True) if verdict.status != "applied"]
    if refused:
        raise _adjustment_refused(refused)
    posted = [
        Posted(d["count"], d["line"], d["product"], d["sku"], d["quantity"], row["id"])
        for d, row in zip(found, rows, strict=True)
    ]
    _keep(count, posted, late)
    for other_id in {adjustment.count_id for adjustment in posted} - ({count.pk} if not late else set()):
        other = count if other_id == count.pk else StockCount.objects.get(pk=other_id)
        counts.note(other, "corrected", acting_as, detail={"because_of": count.label, **_sums(posted, other)})
    return posted


def _adjustment_refused(refused: Sequence[tuple[Mapping[str, Any], Verdict]]) -> AdjustmentRefused:
    """Every row that stands in the way, for whatever reason: what is left out is found out only at the next try."""
    rows: dict[str, list[str]] = {}
    for difference, verdict in refused:
        rows.setdefault(difference["sku"], []).append(_why(difference, verdict.rejection))
    if all(verdict.rejection == "period_closed" for _, verdict in refused):
        said = "The books of the day it was counted on are closed; nothing was posted. Count these products again."
        return AdjustmentRefused(said, fields={"products": rows})
    several = f"{len(rows)} products cannot be corrected; nothing was posted. Recount them."
    return AdjustmentRefused(several if len(rows) > 1 else None, fields={"products": rows})


def _why(difference: Mapping[str, Any], rejection: str) -> str:
    if rejection != "insufficient_stock":
        return REJECTIONS.get(rejection, rejection)
    counted, quantity = (f"{difference[name].normalize():f}" for name in ("counted", "quantity"))
    moment = f"{difference['counted_at'].astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return f"Counted {counted} at {moment}: an adjustment by {quantity} would take the balance below zero."


def _movement(count: StockCount, difference: Mapping[str, Any], late: bool, acting_as: Actor) -> LedgerRow:
    is_own = difference["count"] == count.pk
    counted_at: datetime = difference["counted_at"]
    return ledger_rows.row_defaults(
        id=ledger_rows.new_id(),
        store=count.store_id,
        product=difference["product"],
        kind=Kind.COUNT_ADJUSTMENT,
        quantity=f"{difference['quantity']:f}",
        effective_at=counted_at.astimezone(UTC).isoformat(),
        recorded_at=clock.now().astimezone(UTC).isoformat(),
        actor=acting_as.user_id,
        actor_label=acting_as.label,
        request_id=acting_as.request_id,
        source="count",
        reference=count.label if is_own else StockCount(number=difference["count_number"]).label,
        reason=REASONS[late] if is_own else EARLIER_COUNT,
    )


def _keep(count: StockCount, posted: Sequence[Posted], late: bool) -> None:
    kept = [
        {
            "movement": p.movement_id,
            "line": p.line_id,
            "count": p.count_id,
            "quantity": f"{p.quantity:f}",
            "late": late or p.count_id != count.pk,
        }
        for p in posted
    ]
    params = {"organization": count.organization_id, "posted": orjson.dumps(kept).decode()}
    sql.rows(sql.statement(SQL / "count_keep_adjustments.sql"), params)


def _sums(posted: Iterable[Posted], count: StockCount) -> dict[str, Any]:
    quantities = [adjustment.quantity for adjustment in posted if adjustment.count_id == count.pk]
    return {"adjustments": len(quantities), "units": records.plain(sum(quantities, Decimal(0)))}
