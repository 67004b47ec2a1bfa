"""What if: the last weeks once more under another policy, beside today's. Reads only, writes nothing.

Both begin with the shelves as full as their own policy would have them, and live through four weeks that are not
counted. Forecasts are made as they would have been, from what was known by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.engine import Calendar
from forecasting.errors import NothingToSimulate
from forecasting.models import ForecastRun
from forecasting.restock import past as pasts
from forecasting.restock.asking import Terms
from forecasting.restock.inputs import Kind
from forecasting.restock.past import Past
from forecasting.restock.simulate import BoolArray, Outcome, Shop, review_nights
from forecasting.selectors import panels, restock
from inventory_project.kernel import tenancy
from inventory_project.kernel.access import Access
from inventory_project.kernel.errors import InvalidInput

MOST_SERIES = 1000
MOST_WEEKS = 52
WARMUP = 28
HISTORY = 730
"""Days before the replay that the first forecast is made from, at most."""

LEAST_HISTORY = 28
FINE_WORK = 13_000
"""Series times weeks up to which forecasts are made anew every week; beyond, every other."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which series, how long, and what is different: `changes` by the names of a policy's fields."""

    weeks: int = 26
    stores: Sequence[int] | None = None
    products: Sequence[int] | None = None
    category: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    # Money for all orders of one night; None: no limit.
    budget: float | None = None
    demand_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class _Scene:
    """Everything read; the rest is arithmetic."""

    past: Past
    facts: list[dict[str, Any]]
    left_out: int
    first: date


def simulate(question: Question, access: Access) -> dict[str, Any]:
    """Today's policies and the other one over the same days. Raises InvalidInput, NothingToSimulate.

    The transaction ends before the arithmetic begins: that takes seconds, and nothing should wait for it.
    """
    with tenancy.scope(access.organization_id):
        scene = _read(question, access)
    today = restock.terms_of(scene.facts)
    other = _other(today, question.changes)
    weekdays = [row["review_weekday"] for row in scene.facts]
    refresh = 7 if len(scene.facts) * question.weeks <= FINE_WORK else 14
    forecasts = pasts.fitted(scene.past, refresh)
    answers = []
    for terms, nights, budget in (
        (today, _nights(scene, today, weekdays), None),
        (other, _nights(scene, other, _weekdays(weekdays, question.changes)), question.budget),
    ):
        levels = pasts.levels_of(forecasts, terms)
        shop = _shop(scene.facts, terms, pasts.first_stock(levels[0]))
        found = pasts.replayed(scene.past, levels, shop, nights, refresh=refresh, warmup=WARMUP, budget=budget)
        answers.append(_shown(found, shop, access))
    return {
        "first_day": scene.first + timedelta(days=WARMUP),
        "last_day": scene.first + timedelta(days=scene.past.days - 1),
        "series": len(scene.facts),
        "series_left_out": scene.left_out,
        "today": answers[0],
        "what_if": answers[1],
    }


def _read(question: Question, access: Access) -> _Scene:
    run = ForecastRun.objects.filter(is_current=True).first()
    if run is None or run.last_day is None:
        raise NothingToSimulate()
    stores = _stores(question, access)
    facts = restock.policies(store_ids=stores, product_ids=question.products)
    if question.category is not None:
        facts = [row for row in facts if row["category_id"] == question.category]
    if not facts:
        raise NothingToSimulate("There is no forecast of these products in these stores.")
    chosen = sorted(facts, key=lambda row: -row["units_30"] * row["sale_price"])[:MOST_SERIES]
    chosen.sort(key=lambda row: (row["store_id"], row["category_id"] or 0, row["product_id"]))
    columns = {name: np.array([row[name] for row in chosen], np.int64) for name in ("store_id", "product_id")}
    group = _groups(chosen)
    days = question.weeks * 7 + WARMUP
    panel = panels.read(
        stores=columns["store_id"],
        products=columns["product_id"],
        group=group,
        first=run.last_day - timedelta(days=days + HISTORY - 1),
        last=run.last_day,
    )
    start = panel.days - days
    if start < LEAST_HISTORY:
        weeks = max(0, (panel.days - WARMUP - LEAST_HISTORY) // 7)
        sentence = f"So much is not known of them: at most {weeks} weeks can be replayed."
        raise InvalidInput(fields={"weeks": [sentence]})
    demand = panel.demand.copy()
    demand[:, start:] *= question.demand_factor
    calendar = Calendar.daily(panel.first.isoformat(), panel.days + pasts.HORIZON)
    first = panel.first + timedelta(days=start)
    return _Scene(Past(demand, panel.mask, calendar, group, start), chosen, len(facts) - len(chosen), first)


def _stores(question: Question, access: Access) -> list[int] | None:
    if question.stores is None:
        return None if access.store_ids is None else sorted(access.store_ids)
    unseen = [store for store in question.stores if not access.allows_store(store)]
    if unseen:
        raise InvalidInput(fields={"stores": ["No such store."]})
    return list(question.stores)


def _groups(facts: Sequence[dict[str, Any]]) -> NDArray[np.int64]:
    """(N,) a number for each store and category, as the nightly forecast groups them."""
    names = [(row["store_id"], row["category_id"] or 0) for row in facts]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], np.int64)


def _other(today: Terms, changes: dict[str, Any]) -> Terms:
    """Today's terms with what is different."""
    columns: dict[str, Any] = {name: value for name, value in changes.items() if name != "review_weekday"}
    if "kind" in columns:
        columns["kinds"] = Kind(columns.pop("kind"))
    if "lead_time_days" in columns:
        columns |= {"lead_days": columns.pop("lead_time_days"), "lead_deviation": 0.0}
    if changes.get("review_weekday") is not None:
        columns["review_days"] = 7
    return today.changed(**columns)


def _weekdays(weekdays: list[int | None], changes: dict[str, Any]) -> list[int | None]:
    if "review_weekday" in changes:
        return [changes["review_weekday"]] * len(weekdays)
    return [None] * len(weekdays) if "review_days" in changes else weekdays


def _nights(scene: _Scene, terms: Terms, weekdays: Sequence[int | None]) -> BoolArray:
    """(N, T) the nights before the mornings on which each series is looked at."""
    kinds = list(zip(terms.review_days.tolist(), weekdays, strict=True))
    tomorrow = scene.first.weekday() + 1
    rows = {kind: review_nights(scene.past.days, tomorrow, *kind) for kind in set(kinds)}
    return np.stack([rows[kind] for kind in kinds])


def _shop(facts: Sequence[dict[str, Any]], terms: Terms, stock: NDArray[np.float64]) -> Shop:
    cost, price = (np.array([row[name] for row in facts], float) for name in ("unit_cost", "sale_price"))
    return Shop(np.maximum(terms.lead_days, 1), terms.pack, terms.moq, cost, price, stock)


def _shown(found: Outcome, shop: Shop, access: Access) -> dict[str, Any]:
    row = found.summary(shop)
    if not access.sees_costs:
        del row["money_tied_up"]
    return row
