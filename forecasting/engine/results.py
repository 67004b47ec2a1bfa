"""What a forecast is, whichever method made it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecasting.engine.backtest import Backtest, baseline_path
from forecasting.engine.baselines import BASELINES
from forecasting.engine.calibration import Uncertainty
from forecasting.engine.errors import EngineInputError
from forecasting.engine.panel import Panel
from forecasting.engine.profiles import Profiles

POOLED = "pooled"
"""The engine's own method."""


class Flag(IntFlag):
    """What a reader should know about a series' forecast."""

    TOO_SHORT = 1
    """Fewer than 7 days observed: the figure is mostly the group's, not yet a forecast of this series."""
    SHORT_HISTORY = 2
    """Fewer than 28 days observed: the level still leans on the group."""
    NO_ANNUAL = 4
    """Less than about two years observed: no yearly pattern."""
    INTERMITTENT = 8
    """On average 1.32 days or more between selling days (Syntetos & Boylan 2005)."""
    LUMPY = 16
    """Intermittent, and the quantities differ much: squared coefficient of variation 0.49 or more."""
    NEVER_OBSERVED = 32
    """No day observed: a new product; the figure is its group's mean."""
    NEVER_SOLD = 64
    """Observed, and nothing sold."""
    FRACTIONAL = 128
    """Sold in parts of a unit (by weight): quantiles are not rounded to whole units."""


@dataclass(frozen=True)
class Components:
    """The parts of the pooled forecast, for explanation and audit.

    mean = (level + own_year x month deviation) x weekday index x group shape, day by day; `level`, `own_year` (N,)
    units a day; `weekday` (N, 7); `month` (N, 12) or None; `profiles` the groups' regression.
    `half_lives` (K,) days, and `weights` (C,) of the K levels and, after them, of the K levels with the own year.
    """

    level: NDArray[np.float32]
    own_year: NDArray[np.float32] | None
    weekday: NDArray[np.float32]
    month: NDArray[np.float32] | None
    profiles: Profiles
    half_lives: NDArray[np.float64]
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class Forecast:
    """Expected demand of N series on H days, and how sure that is.

    `mean`: (N, H) float32 units a day. `flags`: (N,) `Flag`s. `methods`: names; `method`: (N,) the place in
    `methods` of the one each series' figures come from. `backtest`: the same methods, tested on history.
    `components`: the parts of the pooled method; `coefficients`: those of a regression for one series, by name.
    It refers to the demand it was made from, which must not be changed while quantiles may still be asked.
    """

    mean: NDArray[np.float32]
    panel: Panel
    flags: NDArray[np.uint8]
    methods: tuple[str, ...]
    method: NDArray[np.uint8]
    backtest: Backtest
    components: Components | None = None
    coefficients: dict[str, float] = field(default_factory=dict)
    seed: int = 1
    _uncertainty: dict[int, Uncertainty] = field(default_factory=dict, repr=False, compare=False)

    @property
    def horizon(self) -> int:
        return self.mean.shape[1]

    def total(self, days: int) -> NDArray[np.float64]:
        """(N,) expected demand of the next `days` days together, units."""
        self._check_days(days)
        return np.asarray(self.mean[:, :days].sum(1, dtype=float))

    def baseline(self, name: str) -> NDArray[np.float32]:
        """(N, H) what a simple method says of the same days: `seasonal_naive`, `moving_average` or
        `exponential_smoothing`."""
        if name not in BASELINES:
            raise EngineInputError(f"name must be one of {', '.join(BASELINES)}.")
        return baseline_path(self.panel, name, self.panel.days, self.horizon)

    def quantile(self, days: int, level: ArrayLike) -> NDArray[np.float64]:
        """Units that demand of the next `days` days together stays within with probability `level`.

        (N,) for one level, (N, Q) for Q levels, between 0 and 1 exclusive. Never falls as the level rises.
        """
        self._check_days(days)
        levels = np.atleast_1d(np.asarray(level, float))
        if levels.ndim != 1 or not ((levels > 0) & (levels < 1)).all():
            raise EngineInputError("level must be numbers between 0 and 1, both exclusive.")
        fractional = (self.flags & Flag.FRACTIONAL) > 0
        found = self.uncertainty(days).quantiles(self.total(days), levels, fractional)
        return found[:, 0] if np.ndim(level) == 0 else found

    def uncertainty(self, days: int) -> Uncertainty:
        """The calibrated spread of sums over `days` days; learned from the backtest at the first call."""
        self._check_days(days)
        if days not in self._uncertainty:
            self._uncertainty[days] = self._learned(days)
        return self._uncertainty[days]

    def _learned(self, days: int) -> Uncertainty:
        if self.backtest.cuts and days > self.backtest.horizon:
            return self.uncertainty(self.backtest.horizon).longer(days, self.backtest)
        return Uncertainty.of(self.backtest, days, (self.flags & Flag.FRACTIONAL) > 0, self.seed)

    def _check_days(self, days: int) -> None:
        if not 1 <= days <= self.horizon:
            raise EngineInputError(f"days must be between 1 and the forecast's {self.horizon}.")
