"""Forecasts of days already known: what the same method would have said, beside what happened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.accuracy import ErrorSums, Measures, Scales, error_sums, measures, scales
from forecasting.engine.baselines import BASELINES
from forecasting.engine.panel import CHUNK, Panel

_BASELINE_MEMORY = 56
WINDOWS = 8
FEWEST_LONG = 2
SHORTEST_TRAINING = 14
"""Days of history a backtest forecast needs at least."""


@dataclass(frozen=True)
class Backtest:
    """`forecast` (O, N, h): forecasts made at the O `cuts`, latest first, each knowing only the days before its cut.

    The pooled weights are learned on the same windows (at most 18 numbers for all series together); every other number
    is from before the cut. `accuracy.rolling_origin` measures without even that.
    """

    panel: Panel
    cuts: tuple[int, ...]
    forecast: NDArray[np.float32]

    @property
    def horizon(self) -> int:
        return self.forecast.shape[2]

    def actual(self, place: int) -> tuple[NDArray, NDArray[np.bool_]]:
        """(N, h) what was sold in the window at `cuts[place]`, and which days were observed."""
        cut = self.cuts[place]
        return self.panel.window(slice(None), cut, cut + self.horizon)

    def baseline(self, name: str, place: int) -> NDArray[np.float32]:
        """(N, h) the baseline's forecast made at the same cut."""
        return baseline_path(self.panel, name, self.cuts[place], self.horizon)

    def error_sums(self, days: int | None = None, baseline: str | None = None) -> ErrorSums:
        """Errors over the first `days` days of all windows, of the forecast or of a baseline."""
        upto = min(days or self.horizon, self.horizon)
        total = None
        for place in range(len(self.cuts)):
            actual, seen = self.actual(place)
            made = self.forecast[place] if baseline is None else self.baseline(baseline, place)
            sums = error_sums(actual[:, :upto], made[:, :upto], seen[:, :upto])
            total = sums if total is None else total + sums
        if total is None:
            nothing = np.zeros((self.panel.series, 0))
            return error_sums(nothing, nothing)
        return total

    def scales(self) -> Scales:
        """What MASE and RMSSE measure by: the history before the earliest cut."""
        return panel_scales(self.panel, min(self.cuts, default=self.panel.days))

    def accuracy(
        self, days: int | None = None, by: NDArray[np.integer] | None = None, baseline: str | None = None
    ) -> Measures:
        """Measures over the first `days` days of the windows, for each segment of `by` (see `accuracy.measures`)."""
        return measures(self.error_sums(days, baseline), self.scales(), by)


def windows(days: int, horizon: int, origins: tuple[int, ...] | None) -> tuple[tuple[int, ...], int]:
    """Cuts of the backtest, latest first, and its horizon.

    Eight windows of 28 to 30 days side by side at the end of history: what all series get wrong together differs from
    month to month, and few windows would call it rare. Where history is too short for two of them, up to four windows
    of a week; where it is too short for those, none. Given `origins` (days before the end) are used as far as
    history reaches.
    """
    ahead = int(np.clip(horizon, 28, 30))
    back = origins or tuple(ahead * step for step in range(1, WINDOWS + 1))
    ahead = min(ahead, *back)
    cuts = tuple(days - o for o in sorted(back) if days - o >= max(2 * SHORTEST_TRAINING, ahead))
    if len(cuts) >= FEWEST_LONG or (cuts and origins):
        return cuts, ahead
    return tuple(days - o for o in (7, 14, 21, 28) if days - o >= SHORTEST_TRAINING), 7


def panel_scales(panel: Panel, cut: int) -> Scales:
    """What errors of every series are measured by: its history before `cut`."""
    parts = []
    for begin in range(0, panel.series, CHUNK):
        demand, seen = panel.window(slice(begin, begin + CHUNK), 0, cut)
        parts.append(scales(demand, seen, panel.calendar.season))
    return Scales(np.concatenate([p.absolute for p in parts]), np.concatenate([p.squared for p in parts]))


def baseline_path(
    panel: Panel, name: str, cut: int, ahead: int, rows: NDArray[np.intp] | None = None
) -> NDArray[np.float32]:
    """(N, ahead) a baseline's forecast from the days before `cut`, of the whole panel or of some rows."""
    first = 0 if name == "exponential_smoothing" else max(0, cut - _BASELINE_MEMORY)
    wanted = np.arange(panel.series) if rows is None else rows
    out = np.empty((len(wanted), ahead), np.float32)
    for begin in range(0, len(wanted), CHUNK):
        at = slice(begin, begin + CHUNK)
        demand, seen = panel.window(wanted[at], first, cut)
        out[at] = BASELINES[name](demand, seen, ahead, panel.calendar.season)
    return out
