"""What became of quantities people chose themselves, beside what the proposed ones would have led to."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Q, Sum

from forecasting.models import OverrideOutcome
from inventory_project.kernel.access import Access
from inventory_project.kernel.records import plain

Row = dict[str, Any]
FIGURES = (
    "person", "reason", "first_day", "last_day", "proposed", "ordered", "supply", "sold", "sold_out_days", "demand",
    "short_proposed", "short_ordered", "left_proposed", "left_ordered",
)  # fmt: skip
UNITS = ("short_proposed", "short_ordered", "left_proposed", "left_ordered")
MONEY = {
    "margin_missed_proposed": F("short_proposed") * F("unit_margin"),
    "margin_missed_ordered": F("short_ordered") * F("unit_margin"),
    "cost_left_proposed": F("left_proposed") * F("unit_cost"),
    "cost_left_ordered": F("left_ordered") * F("unit_cost"),
}
NAMES = {
    "store_name": F("store__name"), "store_code": F("store__code"), "currency": F("store__currency"),
    "sku": F("product__sku"), "product_name": F("product__name"), "unit": F("product__unit"),
}  # fmt: skip
MOST_TOTALS = 1000


class By(StrEnum):
    """What totals are of."""

    PERSON = "person"
    REASON = "reason"
    STORE = "store"
    PRODUCT = "product"


KEYS: dict[By, dict[str, Any]] = {
    By.PERSON: {},
    By.REASON: {},
    By.STORE: {"store_name": F("store__name")},
    By.PRODUCT: {"sku": F("product__sku"), "product_name": F("product__name")},
}


def visible_to(access: Access) -> Any:
    """Those of the stores the caller may see."""
    found = OverrideOutcome.objects.all()
    return found if access.store_ids is None else found.filter(store_id__in=access.store_ids)


def as_rows(outcomes: Any, access: Access) -> Any:
    """Plain rows with the names a person needs; money for whoever may see costs."""
    return outcomes.values("id", "line", "store", "product", *FIGURES, "judged_at", **NAMES, **_money(access))


def shown(row: Mapping[str, Any]) -> Row:
    """A row as people read it."""
    return {**row, "sentence": sentence(row)}


def of_line(line_id: int, access: Access) -> Row | None:
    """What became of one line; None before its days are over, and of a quantity nobody changed. One query."""
    row = visible_to(access).filter(line_id=line_id).values(*FIGURES, **_money(access)).first()
    return shown(row) if row else None


def sentence_of_line(line_id: int) -> str:
    """The same in words; empty when there is nothing to say."""
    row = OverrideOutcome.objects.filter(line_id=line_id).values(*FIGURES).first()
    return sentence(row) if row else ""


def sentence(row: Mapping[str, Any]) -> str:
    """What happened, and what would have happened."""
    at_least = "at least " if row["sold_out_days"] else ""
    return (
        f"{row['person'] or 'Somebody'} ordered {plain(row['ordered'])} instead of {plain(row['proposed'])}. "
        f"{at_least.capitalize()}{plain(row['demand'])} were wanted until {row['last_day']}: {_ended(row, 'ordered')}; "
        f"with {plain(row['proposed'])} {_ended(row, 'proposed')}."
    )


def _ended(row: Mapping[str, Any], which: str) -> str:
    short, left = row[f"short_{which}"], row[f"left_{which}"]
    were = "were" if which == "ordered" else "would have been"
    if short:
        return f"{plain(short)} {were} short"
    return (
        f"{plain(left)} {were} left over"
        if left
        else f"it {'was' if which == 'ordered' else 'would have been'} just enough"
    )


def totals(outcomes: Any, by: By, access: Access) -> list[Row]:
    """Sums by one thing and currency, what was changed most often first; one query."""
    sums: dict[str, Any] = {name: Sum(name) for name in UNITS}
    sums |= {name: Sum(amount) for name, amount in _money(access).items()}
    counts = {
        "lines": Count("id"),
        "shorter": Count("id", filter=Q(short_ordered__gt=F("short_proposed"))),
        "less_short": Count("id", filter=Q(short_ordered__lt=F("short_proposed"))),
    }
    grouped = outcomes.order_by().values(str(by), **KEYS[by], currency=F("store__currency"))
    # Named otherwise until they are sums: a sum called as its column would be taken for it.
    named = {f"sum_{name}": each for name, each in sums.items()}
    rows = grouped.annotate(**counts, **named).order_by("-lines", str(by), "currency")[:MOST_TOTALS]
    return [{name.removeprefix("sum_"): value for name, value in row.items()} for row in rows]


def _money(access: Access) -> dict[str, Any]:
    return MONEY if access.sees_costs else {}
