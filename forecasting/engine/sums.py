"""Quantiles of sums over any number of days, from what is worth keeping of a forecast.

A `Forecast` holds the whole panel and its backtest. Kept are the daily means, the variance of sums over a few numbers
of days for each series, and for all series together how nominal levels were set right (`Spread`). For a number of days
L between two of those, the factor phi = v / (mean + 0.2) of the variance and the level set right lie between theirs, by
log L. At the numbers of days kept the quantiles are those of `Forecast.quantile`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecasting.engine import negbin
from forecasting.engine.calibration import LEVEL_LIMITS, OFFSET, steps, widest
from forecasting.engine.errors import EngineInputError
from forecasting.engine.results import Forecast

FloatArray = NDArray[np.float64]

_LOW = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4)
_HIGH = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 0.98, 0.99, 0.995, 0.9975)
GRID = np.array([*_LOW, *_HIGH])
"""Nominal levels for which the level set right is kept."""

_LAST_DAYS = 28


def variance_of_sum(mean: FloatArray, variance: FloatArray, kept: Sequence[int], days: int) -> FloatArray:
    """(N,) variance of the demand of the next `days` days, in units squared.

    `mean` (N, H) units a day; `variance` (N, A) of the sums over the A numbers of days `kept`. Beyond the last of those
    its factor phi stays what it is there.
    """
    low, high, share = _between(kept, days)
    phi = [variance[:, place] / (sums(mean, kept[place]) + OFFSET) for place in (low, high)]
    return np.asarray(((1 - share) * phi[0] + share * phi[1]) * (sums(mean, days) + OFFSET))


def _between(kept: Sequence[int], days: int) -> tuple[int, int, float]:
    """The places in `kept` around a number of days, and how far it is from the first to the second, in log days."""
    high = int(np.searchsorted(kept, days))
    if high == 0 or high == len(kept) or kept[high] == days:
        place = min(high, len(kept) - 1)
        return place, place, 0.0
    first, last = kept[high - 1], kept[high]
    return high - 1, high, float(np.log(days / first) / np.log(last / first))


@dataclass(frozen=True)
class Spread:
    """How sums of a panel stray: `days` (A,) numbers of days; `edges` A x (K-1) of the demand classes; `levels`
    A x (K, M) the level set right for each of `GRID`."""

    days: tuple[int, ...]
    edges: tuple[FloatArray, ...]
    levels: tuple[FloatArray, ...]

    @classmethod
    def of(cls, forecast: Forecast, days: Sequence[int]) -> Spread:
        found = [forecast.uncertainty(each) for each in days]
        levels = tuple(np.stack([np.interp(GRID, steps(), row) for row in one.levels]) for one in found)
        return cls(tuple(days), tuple(one.edges for one in found), levels)

    def as_json(self) -> dict[str, Any]:
        return {
            "days": list(self.days),
            "edges": [[round(value, 4) for value in each.tolist()] for each in self.edges],
            "levels": [[[round(value, 5) for value in row] for row in each.tolist()] for each in self.levels],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Spread:
        return cls(
            tuple(kept["days"]),
            tuple(np.array(each, float) for each in kept["edges"]),
            tuple(np.array(each, float) for each in kept["levels"]),
        )

    def quantile(
        self,
        mean: ArrayLike,
        variance: ArrayLike,
        days: int,
        level: float,
        fractional: NDArray[np.bool_] | None = None,
    ) -> FloatArray:
        """(N,) units that demand of the next `days` days stays within with probability `level`.

        `mean` (N, H) units a day; `variance` (N, A) of the sums over `self.days`; `fractional` (N,) whether sold in
        parts of a unit. Beyond the H days known, demand goes on as in the last 28 of them.
        """
        path, spread = np.asarray(mean, float), np.asarray(variance, float)
        if days < 1 or not 0 < level < 1:
            raise EngineInputError("days must be at least 1, and level between 0 and 1.")
        if path.ndim != 2 or spread.shape != (len(path), len(self.days)):
            raise EngineInputError("mean must be (N, H), and variance (N, A) with one column for each number of days.")
        low, high, share = _between(self.days, days)
        total = sums(path, days)
        at = (1 - share) * self._level(path, low, level) + share * self._level(path, high, level)
        at = np.clip(at, *LEVEL_LIMITS)
        wide = widest(total, variance_of_sum(path, spread, self.days, days))
        parts = np.zeros(len(path), bool) if fractional is None else fractional
        out = np.empty(len(path))
        out[~parts] = negbin.quantile(total[~parts], wide[~parts], at[~parts])
        out[parts] = negbin.gamma_quantile(total[parts], wide[parts], at[parts])
        return out

    def _level(self, path: FloatArray, place: int, level: float) -> FloatArray:
        kind = np.digitize(sums(path, self.days[place]), self.edges[place])
        asked = np.array([np.interp(level, GRID, row) for row in self.levels[place]])
        return np.asarray(asked[kind])


def sums(mean: FloatArray, days: int) -> FloatArray:
    """(N,) expected demand of the next `days` days; beyond those known as in the last 28 of them."""
    known = mean.shape[1]
    total = mean[:, :days].sum(1)
    return np.asarray(total + max(0, days - known) * mean[:, -_LAST_DAYS:].mean(1))
