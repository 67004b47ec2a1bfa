"""Rolling-origin evaluation: stand at past days, forecast with what was known, compare with what came.

(Tashman 2000.) Unlike `Forecast.backtest`, everything is learned anew at each cut, weights and calibration included, so
these are the figures to publish. Always beside a baseline measured on the same days.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecasting.engine.accuracy import ErrorSums, Measures, Scales, error_sums, measures, pinball
from forecasting.engine.backtest import baseline_path, panel_scales
from forecasting.engine.calendar import Calendar
from forecasting.engine.errors import EngineInputError
from forecasting.engine.panel import Panel, panel_of
from forecasting.engine.pooled import fit_forecast
from forecasting.engine.results import Forecast

Forecaster = Callable[[NDArray[np.float32], NDArray[np.bool_] | None, Calendar, ArrayLike | None, int], Forecast]


@dataclass(frozen=True)
class Trial:
    """One cut: the forecast made there, and (N, H) what was sold and which days were observed."""

    cut: int
    forecast: Forecast
    actual: NDArray
    seen: NDArray[np.bool_]

    def error_sums(self, days: int, baseline: str | None = None) -> ErrorSums:
        """Errors over the first `days` days, of the forecast or of a baseline made at the same cut."""
        made = self.forecast.mean
        if baseline is not None:
            made = baseline_path(self.forecast.panel, baseline, self.cut, self.actual.shape[1])
        return error_sums(self.actual[:, :days], made[:, :days], self.seen[:, :days])

    def fully_seen(self, days: int) -> NDArray[np.bool_]:
        """(N,) whether every one of the first `days` days was observed: sums are compared only then."""
        return np.asarray(self.seen[:, :days].all(1))


@dataclass(frozen=True)
class Evaluation:
    """Trials at several cuts of the same series."""

    trials: tuple[Trial, ...]

    @cached_property
    def scales(self) -> Scales:
        """What MASE and RMSSE measure by: history before the earliest cut."""
        first = min(self.trials, key=lambda trial: trial.cut)
        return panel_scales(first.forecast.panel, first.cut)

    def accuracy(self, days: int, by: NDArray[np.integer] | None = None, baseline: str | None = None) -> Measures:
        """Measures over days 1..`days` of every trial, for each segment (see `accuracy.measures`)."""
        return measures(reduce(add, (trial.error_sums(days, baseline) for trial in self.trials)), self.scales, by)

    def coverage(self, days: int, level: float, by: NDArray[np.integer] | None = None) -> NDArray[np.float64]:
        """(S,) share of sums over `days` days that stayed within their quantile; NaN where none was fully observed."""
        return self._mean(days, level, by, lambda actual, quantile: (actual <= quantile + 1e-9).astype(float))

    def pinball(self, days: int, level: float, by: NDArray[np.integer] | None = None) -> NDArray[np.float64]:
        """(S,) mean pinball loss of the quantile of sums over `days` days, units."""
        return self._mean(days, level, by, lambda actual, quantile: pinball(actual, quantile, level))

    def _mean(
        self,
        days: int,
        level: float,
        by: NDArray[np.integer] | None,
        measure: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]],
    ) -> NDArray[np.float64]:
        segment = np.zeros(len(self.trials[0].actual), np.intp) if by is None else np.asarray(by)
        total = np.zeros(int(segment.max()) + 1)
        count = np.zeros_like(total)
        for trial in self.trials:
            used = trial.fully_seen(days)
            actual = trial.actual[:, :days].sum(1, dtype=float)
            values = measure(actual, trial.forecast.quantile(days, level))
            total += np.bincount(segment, np.where(used, values, 0), minlength=len(total))
            count += np.bincount(segment, used, minlength=len(total))
        return np.asarray(np.where(count > 0, total / np.maximum(count, 1), np.nan))


def rolling_origin(
    demand: ArrayLike,
    mask: ArrayLike | None,
    calendar: Calendar,
    group: ArrayLike | None,
    horizon: int,
    cuts: Sequence[int],
    forecaster: Forecaster = fit_forecast,
) -> Evaluation:
    """Forecast from each of `cuts` (days of history known) `horizon` days ahead, and keep what came.

    Shapes as in `fit_forecast`, but `demand` reaches to the end of the last trial: max(cuts) + horizon days at least.
    """
    values = np.asarray(demand, dtype=np.float32)
    if not len(cuts) or min(cuts) < 1:
        raise EngineInputError("cuts must name at least one day of history.")
    if values.ndim != 2 or max(cuts) + horizon > values.shape[1]:
        raise EngineInputError("demand must reach to the last cut plus the horizon.")
    seen = None if mask is None else np.asarray(mask, dtype=bool)
    whole = panel_of(values, seen, _reaching(calendar, values.shape[1] + 1), group, 1)
    return Evaluation(
        tuple(_trial(whole, values, seen, calendar, group, horizon, cut, forecaster) for cut in sorted(cuts))
    )


def _trial(
    whole: Panel,
    values: NDArray[np.float32],
    seen: NDArray[np.bool_] | None,
    calendar: Calendar,
    group: ArrayLike | None,
    horizon: int,
    cut: int,
    forecaster: Forecaster,
) -> Trial:
    known = None if seen is None else seen[:, :cut]
    made = forecaster(values[:, :cut], known, calendar.first(cut + horizon), group, horizon)
    return Trial(cut, made, *whole.window(slice(None), cut, cut + horizon))


def _reaching(calendar: Calendar, length: int) -> Calendar:
    """The calendar, with days added if it ends with the data."""
    if len(calendar) >= length:
        return calendar
    step = calendar.dates[-1] - calendar.dates[-2] if len(calendar) > 1 else np.timedelta64(1, "D")
    more = calendar.dates[-1] + step * np.arange(1, length - len(calendar) + 1)
    return Calendar(np.concatenate([calendar.dates, more]), weekly=calendar.weekly, yearly=calendar.yearly)
