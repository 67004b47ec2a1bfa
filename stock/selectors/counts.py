"""Reading stock counts: sessions, lines with what the books say of their moments, entries, and sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Count, F, Min, Q, Sum

from inventory_project.kernel import clock, sql
from inventory_project.kernel.access import Access, Role
from stock.choices import COUNTS_OVER, CountState
from stock.models import StockCount, StockCountAdjustment, StockCountEntry, StockCountLine

SQL = Path(__file__).resolve().parent.parent / "sql"
NAMED = 100
# No movement lies after it.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
BOOK = ("book", "variance", "moved", "within_tolerance")
FIELDS = (
    "id", "kind", "state", "name", "blind", "tolerance_units", "tolerance_percent", "planned_for", "planned_by",
    "posted_by", "uncounted_as_zero", "created_at", "updated_at", "started_at", "submitted_at", "posted_at",
    "cancelled_at", "version",
)  # fmt: skip

Line = dict[str, Any]


def visible_to(access: Access) -> Any:
    """The counts of the stores the caller may see, with the store's name."""
    counts = StockCount.objects.select_related("store")
    return counts if access.store_ids is None else counts.filter(store_id__in=access.store_ids)


def shows_book(count: StockCount, access: Access) -> bool:
    """Whether the caller may see what the books say: in a blind count staff may not until it is posted."""
    return not count.blind or count.state == CountState.POSTED or access.role.at_least(Role.MANAGER)


def describe(count: StockCount) -> dict[str, Any]:
    place = {"store": count.store_id, "store_name": count.store.name, "store_code": count.store.code}
    return {**{name: getattr(count, name) for name in FIELDS}, "number": count.label, **place}


def review(count: StockCount, *, line_ids: Sequence[int] | None = None, uncounted_as_zero: bool = False) -> list[Line]:
    """Lines with what was counted, when, and what the ledger says of that moment; two queries, however many lines."""
    over = count.state in COUNTS_OVER
    zero_at = count.submitted_at if uncounted_as_zero else None
    since = NEVER
    if not over:
        entries = StockCountEntry.objects.filter(count=count, voided_at=None)
        first = entries.aggregate(first=Min("counted_at"))["first"]
        since = min(at for at in (first, zero_at, NEVER) if at)
    params = {
        "organization": count.organization_id,
        "count": count.pk,
        "store": count.store_id,
        "lines": None if line_ids is None else list(line_ids),
        "zero_at": zero_at,
        "since": since,
        "over": over,
    }
    lines = sql.rows(sql.statement(SQL / "count_review.sql"), params)
    for line in lines:
        line["within_tolerance"] = _is_accurate(count, line)
    return lines


def _is_accurate(count: StockCount, line: Line) -> bool | None:
    if line["variance"] is None:
        return None
    allowed = max(count.tolerance_units, abs(line["book"]) * count.tolerance_percent / 100)
    return bool(abs(line["variance"]) <= allowed)


CHOICES: Mapping[str, Callable[[Line], bool]] = {
    "variance": lambda line: bool(line["variance"]),
    "outside_tolerance": lambda line: line["within_tolerance"] is False,
    "moved": lambda line: bool(line["moved"]),
}


def lines_that(count: StockCount, which: str) -> list[int]:
    """The ids of the lines that differ, differ by more than tolerated, or moved while they were counted."""
    return [line["id"] for line in review(count) if CHOICES[which](line)]


def lines(count: StockCount, status: str | None) -> Any:
    """A count's lines, or those that are counted, uncounted, recounting, added, or as one of CHOICES says."""
    found = StockCountLine.objects.filter(count=count)
    if status in CHOICES:
        return found.filter(id__in=lines_that(count, str(status)))
    if status in ("recounting", "added"):
        return found.filter(**{status: True})
    if status in ("counted", "uncounted"):
        tallied = [line["id"] for line in review(count) if line["counted"] is not None]
        return found.filter(id__in=tallied) if status == "counted" else found.exclude(id__in=tallied)
    return found


def describe_line(line: Line, *, shows: bool, sees_costs: bool) -> Line:
    """A reviewed line as the caller may see it."""
    body = {name: value for name, value in line.items() if shows or name not in BOOK}
    unit_cost = body.pop("unit_cost")
    body["product"] = body.pop("product_id")
    if sees_costs and shows:
        body["variance_cost"] = None if line["variance"] is None else line["variance"] * unit_cost
    return body


def entries(count: StockCount, access: Access) -> Any:
    """What was entered, as plain rows. In a blind count those who count see only their own until it is posted."""
    found = StockCountEntry.objects.filter(count=count)
    if not shows_book(count, access):
        found = found.filter(counter_id=access.user_id)
    return found.values(
        "id",
        "line",
        "round",
        "quantity",
        "place",
        "counted_at",
        "recorded_at",
        "counter",
        "voided_at",
        "voided_by",
        product=F("line__product_id"),
        sku=F("line__product__sku"),
        product_name=F("line__product__name"),
    )


def summary(count: StockCount, access: Access) -> dict[str, Any]:
    """How far a count is and, for those who may see it, how accurate the books are and what is missing."""
    found = review(count)
    counted = [line for line in found if line["counted"] is not None]
    uncounted = [line for line in found if line["counted"] is None]
    body: dict[str, Any] = {
        "count": count.pk,
        "state": count.state,
        "lines": len(found),
        "counted": len(counted),
        "uncounted": len(uncounted),
        "recounting": sum(line["recounting"] for line in found),
        "added": sum(line["added"] for line in found),
        "entries": sum(line["entries"] for line in found),
        "uncounted_products": [
            {"product": line["product_id"], "sku": line["sku"], "product_name": line["product_name"]}
            for line in uncounted[:NAMED]
        ],
        "as_of": clock.now(),
    }
    if shows_book(count, access):
        compared = [line for line in counted if line["variance"] is not None]
        body |= _figures(compared, sees_costs=access.sees_costs) | _adjustments(count)
    return body


def _figures(lines: Sequence[Line], *, sees_costs: bool) -> dict[str, Any]:
    variances = [line["variance"] for line in lines]
    costs = [line["variance"] * line["unit_cost"] for line in lines]
    accurate = sum(bool(line["within_tolerance"]) for line in lines)
    body = {
        "accurate": accurate,
        "accuracy": share(accurate, len(lines)),
        "moved": sum(bool(line["moved"]) for line in lines),
        "book_units": sum((line["book"] for line in lines), Decimal(0)),
        "counted_units": sum((line["counted"] for line in lines), Decimal(0)),
        **_over_and_short(variances, "units"),
    }
    return body | _over_and_short(costs, "cost") if sees_costs else body


def _over_and_short(differences: Sequence[Decimal], unit: str) -> dict[str, Decimal]:
    over = sum((d for d in differences if d > 0), Decimal(0))
    short = -sum((d for d in differences if d < 0), Decimal(0))
    return {f"overage_{unit}": over, f"shortage_{unit}": short, f"shrinkage_{unit}": short - over}


def share(part: int, whole: int) -> float | None:
    """A share with four decimals; of nothing there is none."""
    return round(part / whole, 4) if whole else None


def _adjustments(count: StockCount) -> dict[str, Any]:
    """How many movements were posted for the count, and how many units of them came late."""
    posted = StockCountAdjustment.objects.filter(count=count)
    sums: dict[str, Any] = posted.aggregate(
        adjustments=Count("movement_id"),
        late_adjustments=Count("movement_id", filter=Q(late=True)),
        late_units=Sum("quantity", filter=Q(late=True), default=Decimal(0)),
    )
    return sums
