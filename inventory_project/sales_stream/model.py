"""How much is sold, learned from a history: pure numbers, no database and no clock.

A series is one product in one store. The units it sells on a day of weekday d have the mean

    mean[s] * weekday[d]

and spread as a negative binomial around it: once a day each series draws its luck from a gamma distribution of mean 1
and variance dispersion[s], and then sells by Poisson at that rate. So a day may be cut into any number of intervals
and its sum keeps its distribution (Poisson variables add up, given the luck): the day's variance is
mu + dispersion * mu^2, which is set to what the history shows beyond its weekdays. Trend and season of the history are
part of that spread; they are not played again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Ids = NDArray[np.int64]
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Moments:
    """A history summed up by series and weekday (Monday first): days, units sold, and their squares."""

    stores: Ids
    products: Ids
    days: Numbers
    units: Numbers
    squares: Numbers


@dataclass(frozen=True, slots=True)
class Model:
    """What `fit` learned. `mean` is units a day over all weekdays alike; `weekday` averages 1."""

    stores: Ids
    products: Ids
    mean: Numbers
    weekday: Numbers
    dispersion: Numbers

    def luck(self, seed: int, day: date) -> Numbers:
        """Each series' luck on a day; the same again for the same seed, so a restart does not draw another day."""
        chance = np.random.default_rng([seed, day.toordinal()])
        lucky = self.dispersion > 0
        shape = 1 / np.where(lucky, self.dispersion, 1.0)
        return np.where(lucky, chance.gamma(shape) / shape, 1.0)

    def sales(self, chance: np.random.Generator, luck: Numbers, day: date, part: float) -> Ids:
        """Whole units each series sells in a part of the day (1 is all of it)."""
        return chance.poisson(self.mean * self.weekday[day.weekday()] * luck * part)


def fit(history: Moments) -> Model:
    """Learn from a history. A series without days sells nothing; one weekday alone is as good as every other."""
    days, units = history.days.sum(axis=1), history.units.sum(axis=1)
    mean = _ratio(units, days)
    # Weekdays from all series together: one alone has too few of each.
    weekday = _ratio(history.units.sum(axis=0), (history.days * mean[:, None]).sum(axis=0), otherwise=1.0)
    shares = _ratio(history.days.sum(axis=0), history.days.sum(), otherwise=1 / DAYS_A_WEEK)
    weekday = weekday / (weekday * shares).sum()
    variance = _ratio(history.squares.sum(axis=1), days) - mean**2
    beyond = variance - mean**2 * (shares * (weekday - 1) ** 2).sum() - mean
    dispersion = np.clip(_ratio(beyond, mean**2 * (shares * weekday**2).sum()), 0, None)
    return Model(history.stores, history.products, mean, weekday, dispersion)


def _ratio(above: Any, below: Any, otherwise: float = 0.0) -> Numbers:
    """above / below, and `otherwise` where there is nothing below."""
    above, below = np.broadcast_arrays(np.asarray(above, float), np.asarray(below, float))
    return np.divide(above, below, out=np.full(above.shape, otherwise), where=below > 0)
