"""The past once more, under another policy: every series side by side, one step a day.

The day (`timing`): in the morning what was ordered L days ago arrives; customers come, and what is not there is not
sold and not waited for; at night, on review days, the policy sees the inventory position and orders. Demand is what
was sold: what customers wanted and did not find is not in it, so a fill rate is one of the demand that is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.restock import budget as budgets
from forecasting.restock.decision import Levels, wanted_of
from forecasting.restock.inputs import FloatArray
from forecasting.restock.rounding import orderable

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Shop:
    """What stays the same whatever the policy: (N,) for each series.

    `lead_days`: of an order, at least 1. `pack`, `moq`: units. `cost`, `price`: money of one unit. `stock`: units on
    hand on the first morning.
    """

    lead_days: NDArray[np.int64]
    pack: FloatArray
    moq: FloatArray
    cost: FloatArray
    price: FloatArray
    stock: FloatArray


@dataclass(frozen=True)
class Plan:
    """What the policy says, anew every `refresh` days: `levels[k]` holds from day k x refresh - 1, at night.

    `reviews` (T,) or (N, T): the nights at which is looked. `budget`: money for all orders of one night; None: no
    limit. `netting`: whether what is on order counts; the seed rule taken literally looks at what is on hand alone.
    """

    levels: Sequence[Levels]
    refresh: int
    reviews: BoolArray
    budget: float | None = None
    netting: bool = True


@dataclass(frozen=True)
class Outcome:
    """How it would have gone, by series (N,), after the warm-up: units demanded and sold, days with a sale missed, mean
    units on hand at night, orders, units ordered; `days` counted."""

    demanded: FloatArray
    sold: FloatArray
    stockout_days: FloatArray
    average_stock: FloatArray
    orders: FloatArray
    ordered: FloatArray
    days: int

    def summary(self, shop: Shop) -> dict[str, Any]:
        """All series together. `fill_rate`: share of demand met; null when there was none. `money_tied_up`: average
        stock at cost. `lost_sales`: unmet demand at the sale price."""
        demanded = float(self.demanded.sum())
        series_days = max(1, len(self.sold) * self.days)
        return {
            "fill_rate": float(self.sold.sum()) / demanded if demanded > 0 else None,
            "stockout_days": int(self.stockout_days.sum()),
            "stockout_share": float(self.stockout_days.sum()) / series_days,
            "average_stock": float(self.average_stock.sum()),
            "days_of_stock": float(self.average_stock.sum()) / (demanded / self.days) if demanded > 0 else None,
            "orders": int(self.orders.sum()),
            "units_ordered": float(self.ordered.sum()),
            "money_tied_up": float((self.average_stock * shop.cost).sum()),
            "lost_sales": float(((self.demanded - self.sold) * shop.price).sum()),
        }


def simulate(demand: FloatArray, shop: Shop, plan: Plan, *, warmup: int = 0) -> Outcome:
    """`demand` (N, T) units a day. The first `warmup` days are lived through and not counted."""
    count, days = demand.shape
    ring = np.zeros((int(shop.lead_days.max(initial=1)) + 1, count))
    rows, on_hand, owed = np.arange(count), shop.stock.astype(float), np.zeros(count)
    sums = {name: np.zeros(count) for name in ("demanded", "sold", "out", "stock", "orders", "ordered")}
    for day in range(days):
        slot = day % len(ring)
        on_hand, owed = on_hand + ring[slot], owed - ring[slot]
        ring[slot] = 0.0
        wanted = demand[:, day]
        sold = np.minimum(on_hand, wanted)
        on_hand = on_hand - sold
        placed = _orders(plan, shop, day, on_hand, owed)
        ring[(day + shop.lead_days) % len(ring), rows] += placed
        owed = owed + placed
        if day >= warmup:
            seen = (wanted, sold, wanted > sold, on_hand, placed > 0, placed)
            for name, value in zip(sums, seen, strict=True):
                sums[name] += value
    counted = max(1, days - warmup)
    return Outcome(
        sums["demanded"], sums["sold"], sums["out"], sums["stock"] / counted, sums["orders"], sums["ordered"], counted
    )


def _orders(plan: Plan, shop: Shop, day: int, on_hand: FloatArray, owed: FloatArray) -> FloatArray:
    reviewed = plan.reviews[day] if plan.reviews.ndim == 1 else plan.reviews[:, day]
    if not reviewed.any():
        return np.zeros(len(on_hand))
    levels = plan.levels[min((day + 1) // plan.refresh, len(plan.levels) - 1)]
    position = on_hand + owed if plan.netting else on_hand
    quantity = np.where(reviewed, orderable(wanted_of(levels, position), shop.pack, shop.moq), 0.0)
    return quantity if plan.budget is None else _afforded(plan.budget, levels, position, quantity, shop)


def _afforded(budget: float, levels: Levels, position: FloatArray, quantity: FloatArray, shop: Shop) -> FloatArray:
    """The orders of one night that the budget pays for; at risk is the margin on what the reorder point lacks."""
    lines = np.flatnonzero(quantity > 0)
    cost = quantity[lines] * shop.cost[lines]
    lacking = np.maximum(levels.reorder_point[lines] - np.maximum(position[lines], 0.0), 0.0)
    at_risk = lacking * np.maximum(shop.price[lines] - shop.cost[lines], 0.0)
    out = np.zeros(len(quantity))
    chosen = lines[budgets.within(at_risk, cost, budget)]
    out[chosen] = quantity[chosen]
    return out


def review_nights(days: int, first_weekday: int, every: int, weekday: int | None = None) -> BoolArray:
    """(T,) nights at which is looked: every so many days from the first, or on one weekday (0 Monday)."""
    number = np.arange(days)
    if weekday is not None:
        return np.asarray((number + first_weekday) % 7 == weekday)
    return np.asarray(number % every == 0)
