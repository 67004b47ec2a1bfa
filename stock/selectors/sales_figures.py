"""Sums as figures people read, with their formulas in docs/analytics.md. What is not known is None, never 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.models import Category, Product
from stock.selectors import sales
from stock.selectors.sales import IN_TIME, Answer, By, Sums
from stores.models import Store

PERCENT = Decimal("0.01")
MONEY = Decimal("0.0001")
# One for all rows: five years by day have thousands of them.
NOT_KNOWN: dict[str, Any] = {"units": None, "revenue": None, "units_growth": None, "revenue_growth": None}
FIGURES = ("units", "history_units", "revenue", "average_price", "transactions")
NAMES = {
    By.DAY: ("date",),
    By.WEEK: ("date",),
    By.MONTH: ("date",),
    By.STORE: ("store_id", "store_code", "store", "region"),
    By.CATEGORY: ("category_id", "category"),
    By.PRODUCT: ("product_id", "sku", "product", "category"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown: money when all of it is of one currency, margins to those who may see costs."""

    money: bool
    margins: bool

    def figures(self, sums: Sums) -> dict[str, Any]:
        """Revenue, price and transactions are the ledger's: None where only a history file knows of sales."""
        told = _told(sums)
        money = told and self.money
        row: dict[str, Any] = {
            "units": sums.all_units,
            "history_units": sums.history_units,
            "revenue": sums.revenue if money else None,
            "average_price": _quotient(sums.revenue, sums.units, MONEY) if money else None,
            "transactions": sums.transactions if told else None,
        }
        if self.margins:
            margin = sums.costed_revenue - sums.cost if money and sums.costed_revenue else None
            share = margin is not None and sums.costed_revenue > 0
            row["gross_margin"] = margin
            row["margin_percent"] = _percent(margin, sums.costed_revenue) if share else None
            row["margin_covers_percent"] = _percent(sums.costed_revenue, sums.revenue) if share else None
        return row

    def figure(self, sums: Sums, name: str) -> Any:
        """`figures(sums)[name]` of those that rows are ordered by."""
        if name == "units":
            return sums.all_units
        told = _told(sums) and (name != "revenue" or self.money)
        return getattr(sums, name) if told else None

    def compared(self, sums: Sums, before: Sums | None) -> dict[str, Any]:
        """A former period's figures and the growth since, in percent; None when that period is not wholly known."""
        if before is None:
            return NOT_KNOWN
        revenue = before.revenue if self.money and _told(before) else None
        revenue_now = sums.revenue if self.money and _told(sums) else None
        return {
            "units": before.all_units,
            "revenue": revenue,
            "units_growth": growth(sums.all_units, before.all_units),
            "revenue_growth": growth(revenue_now, revenue),
        }


def _told(sums: Sums) -> bool:
    """The ledger knows of these sales, or there are none at all."""
    return bool(sums.units or sums.transactions or sums.revenue) or not sums.history_units


def growth(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """(now - before) / before in percent; None when either is unknown, or there is nothing to grow from."""
    if now is None or before is None or before <= 0:
        return None
    return _percent(now - before, before)


def _percent(part: Decimal | None, whole: Decimal) -> Decimal | None:
    return None if part is None else _quotient(part * 100, whole, PERCENT)


def _quotient(part: Decimal, whole: Decimal, step: Decimal) -> Decimal | None:
    return (part / whole).quantize(step) if whole > 0 else None


def rows(answer: Answer, shown: Shown, keys: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """One row a key, unnamed but for dates, beside the same key before; for answers in time every key of the period."""
    question = answer.question
    before, year = answer.knows(question.period.previous()), answer.knows(question.period.year_before())
    if question.by in IN_TIME:
        keys = sales.keys_in_time(question.by, question.period)
    since = answer.known_since and sales.key_of(question.by, answer.known_since)
    whole = sales.total(answer.current).all_units
    label = "date" if question.by in IN_TIME else "key"
    found = []
    nothing = Sums()
    for key in keys:
        sums = answer.current.get(key, nothing)
        row = {label: key, **shown.figures(sums), "share_percent": _percent(sums.all_units, whole)}
        row["previous"] = shown.compared(sums, answer.previous.get(key, nothing) if before else None)
        row["year_before"] = shown.compared(sums, answer.year_before.get(key, nothing) if year else None)
        if question.by in IN_TIME and (since is None or key < since):
            row |= dict.fromkeys((*FIGURES, "share_percent"))
        found.append(row)
    return found


def name(found: list[dict[str, Any]], by: By) -> list[dict[str, Any]]:
    """Say what each key is: one query. Sales without a category are of category None."""
    if by in IN_TIME:
        return found
    keys = [row["key"] for row in found if row["key"] is not None]
    names: dict[Any, tuple[Any, ...]] = {}
    if by is By.STORE:
        rows_of = Store.objects.filter(id__in=keys).values_list("id", "code", "name", "region")
    elif by is By.CATEGORY:
        rows_of = Category.objects.filter(id__in=keys).values_list("id", "name")
    else:
        rows_of = Product.objects.filter(id__in=keys).values_list("id", "sku", "name", "category__name")
    names = {row[0]: row for row in rows_of}
    unnamed = (None,) * len(NAMES[by])
    return [dict(zip(NAMES[by], names.get(row["key"], unnamed), strict=True)) | _without_key(row) for row in found]


def _without_key(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "key"}


def in_order(answer: Answer, shown: Shown, ordering: str) -> list[Any]:
    """The present period's keys by one figure, unknown ones last either way; equal ones by key."""
    field, down = ordering.removeprefix("-"), ordering.startswith("-")
    values = {key: shown.figure(sums, field) for key, sums in answer.current.items()}
    keys = sorted(values, key=lambda key: key or 0)
    known = [key for key in keys if values[key] is not None]
    return sorted(known, key=values.__getitem__, reverse=down) + [key for key in keys if values[key] is None]


def metrics(answer: Answer, shown: Shown) -> dict[str, Any]:
    """A period's totals beside the former ones', from sums by day."""
    period = answer.question.period
    now = sales.total(answer.current)
    figures = shown.figures(now)
    if answer.known_since is None or answer.known_since > period.last_day:
        figures = dict.fromkeys(figures)
    days = {day: sums for day, sums in answer.current.items() if sums.all_units != 0}
    best = max(days, key=lambda day: (days[day].all_units, day), default=None)
    since = max(answer.known_since, period.first_day) if answer.known_since else None
    known_days = max((period.last_day - since).days + 1, 0) if since else 0
    return {
        "totals": figures,
        "days": period.days,
        "days_known": known_days,
        "days_with_sales": len(days),
        "units_per_day": (now.all_units / known_days).quantize(PERCENT) if known_days else None,
        "best_day": best and {"date": best, **shown.figures(days[best])},
        "trend_units_per_day": _slope(answer, known_days),
        "previous": _before(answer, shown, now, answer.previous, period.previous()),
        "year_before": _before(answer, shown, now, answer.year_before, period.year_before()),
    }


def _before(answer: Answer, shown: Shown, now: Sums, sums: dict[Any, Sums], period: Any) -> dict[str, Any]:
    known = answer.knows(period)
    compared = shown.compared(now, sales.total(sums) if known else None)
    return {"first_day": period.first_day, "last_day": period.last_day, "known": known, **compared}


def _slope(answer: Answer, days: int) -> Decimal | None:
    """How many units a day more (or fewer) each day sells: least squares over the days that are known."""
    if days < 2:
        return None
    last = answer.question.period.last_day.toordinal()
    mean_place = Decimal(days - 1) / 2
    units = {days - 1 - (last - day.toordinal()): sums.all_units for day, sums in answer.current.items()}
    covariance = sum(((place - mean_place) * sold for place, sold in units.items() if place >= 0), Decimal(0))
    # The places' own sum of squares; the mean of the units drops out, as the places' deviations add up to nothing.
    squares = Decimal(days) * (days * days - 1) / 12
    return (covariance / squares).quantize(MONEY)
