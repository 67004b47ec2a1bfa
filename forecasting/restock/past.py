"""Policies over a past that was: forecast anew every so many days from what was known by then, and replayed day by day.

Nothing of a day is used before it is over: the forecast of a refresh day is fitted on the days before it, and stands
until the next one. What a policy learned on the way is what it would have learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.engine import Calendar, Forecast, fit_forecast
from forecasting.engine.sums import sums
from forecasting.restock import asking
from forecasting.restock.asking import IntArray, Terms
from forecasting.restock.decision import Levels
from forecasting.restock.inputs import FloatArray
from forecasting.restock.simulate import BoolArray, Outcome, Plan, Shop, simulate

HORIZON = 60
"""Days forecast; further ones go on as the last four weeks, and their quantiles in proportion."""


@dataclass(frozen=True)
class Fitted:
    """The engine's forecast, asked as the rules ask."""

    forecast: Forecast

    def total(self, days: int, rows: IntArray) -> FloatArray:
        return sums(self.forecast.mean[rows].astype(float), days)

    def deviation(self, days: int, rows: IntArray) -> FloatArray:
        near = min(days, self.forecast.horizon)
        variance = self.forecast.uncertainty(near).variance(self.forecast.total(near))[rows]
        return np.sqrt(np.maximum(variance, 0.0)) * np.sqrt(days / near)

    def quantile(self, days: int, level: float, rows: IntArray) -> FloatArray:
        near = min(days, self.forecast.horizon)
        found = self.forecast.quantile(near, level)[rows]
        if near == days:
            return found
        known = np.maximum(self.forecast.total(near)[rows], 1e-9)
        return np.asarray(found * self.total(days, rows) / known)


@dataclass(frozen=True)
class Past:
    """N series: `demand` (N, T) units a day, `mask` (N, T) the days that say something about demand, `calendar` of T +
    HORIZON days, `group` (N,) as the engine takes them. Replayed from day `start` on."""

    demand: NDArray[np.float32]
    mask: NDArray[np.bool_]
    calendar: Calendar
    group: NDArray[np.int64]
    start: int

    @property
    def days(self) -> int:
        return self.demand.shape[1] - self.start


def fitted(past: Past, refresh: int, *, threads: int = 1) -> list[Fitted]:
    """The forecasts of each refresh day, made once for any number of policies."""
    out = []
    for cut in range(past.start, past.demand.shape[1], refresh):
        calendar = Calendar(past.calendar.dates[: cut + HORIZON])
        made = fit_forecast(
            past.demand[:, :cut], past.mask[:, :cut], calendar, past.group, HORIZON, seed=1, threads=threads
        )
        out.append(Fitted(made))
    return out


def levels_of(forecasts: Sequence[Fitted], terms: Terms) -> list[Levels]:
    """What the policy of each series says at each refresh."""
    nothing = np.zeros(len(terms.kinds))
    return [asking.levels(terms.kinds, asking.inputs(each, terms, nothing)) for each in forecasts]


def replayed(
    past: Past,
    levels: Sequence[Levels],
    shop: Shop,
    reviews: BoolArray,
    *,
    refresh: int,
    warmup: int,
    budget: float | None = None,
    netting: bool = True,
) -> Outcome:
    """How it would have gone."""
    plan = Plan(levels, refresh, reviews, budget, netting)
    return simulate(past.demand[:, past.start :].astype(float), shop, plan, warmup=warmup)


def first_stock(levels: Levels) -> FloatArray:
    """(N,) whole units a store begins with: what the policy would fill it up to. The warm-up forgets it."""
    return np.asarray(np.ceil(np.maximum(levels.order_up_to, 0.0)))
