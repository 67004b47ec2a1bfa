"""What can be said of every series of a forecast at once: why its figure is what it is, and how good it was."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.accuracy import ErrorSums, Scales, pinball
from forecasting.engine.explain import half_life
from forecasting.engine.panel import Panel
from forecasting.engine.results import Components, Flag, Forecast

FloatArray = NDArray[np.float64]

_AHEAD = 30
_WEEK = 7
_YEAR = 364
_NORMAL_95 = 1.6449


@dataclass(frozen=True)
class Reasons:
    """(N,) `level` units a day on an ordinary day at the end of history; `trend` the group's growth over the next 30
    days and `season` the mean factor of year and events in them, 1 for none; `average_7`, `average_28` units a day over
    the last days observed; `half_life` days after which demand weighs half."""

    level: FloatArray
    trend: FloatArray
    season: FloatArray
    average_7: FloatArray
    average_28: FloatArray
    half_life: float


@dataclass(frozen=True)
class Tested:
    """The backtest's figures of each series, beside a baseline's. `windows` (N,) of seven days wholly observed,
    `covered` those whose demand stayed within the 95 % quantile, `pinball` the quantile's loss in all of them."""

    own: ErrorSums
    base: ErrorSums
    scales: Scales
    windows: FloatArray
    covered: FloatArray
    pinball: FloatArray
    base_pinball: FloatArray


def reasons(forecast: Forecast) -> Reasons:
    """Of a pooled forecast."""
    panel, parts = forecast.panel, forecast.components
    assert parts is not None
    shared = parts.profiles.factors(np.arange(panel.group_count))
    end = panel.days + min(_AHEAD, forecast.horizon)
    annual, scale = shared["annual"], shared["scale"]
    usual = annual[:, max(0, panel.days - _YEAR) : panel.days].mean(1)
    season = (annual * shared["events"])[:, panel.days : end].mean(1) / usual
    own = parts.level.astype(float) + (0 if parts.own_year is None else parts.own_year)
    group = panel.group
    return Reasons(
        level=own * (usual / scale)[group],
        trend=shared["trend"][:, end - 1][group],
        season=season[group] * _deviation(panel, parts, own, end),
        average_7=_recent(panel, _WEEK),
        average_28=_recent(panel, 4 * _WEEK),
        half_life=half_life(parts),
    )


def expected(forecast: Forecast, rows: NDArray[np.intp], first: int, last: int) -> FloatArray:
    """(n, last-first) units a day the pooled forecast of these series would have expected on days already known, at the
    level they have now: what was missed on days sold out."""
    panel, parts = forecast.panel, forecast.components
    assert parts is not None
    groups, local = np.unique(panel.group[rows], return_inverse=True)
    shape = parts.profiles.shape(groups)[local, first:last].astype(float)
    weekday = parts.weekday[rows][:, panel.calendar.weekday[first:last]]
    level = np.repeat(parts.level[rows, None].astype(float), last - first, axis=1)
    if parts.own_year is not None and parts.month is not None:
        level += parts.own_year[rows, None] * parts.month[rows][:, panel.calendar.month[first:last]]
    return np.asarray(level * weekday * shape)


def tested(forecast: Forecast, baseline: str) -> Tested:
    """The forecast's and the baseline's errors over the windows of the backtest."""
    back = forecast.backtest
    count = forecast.panel.series
    windows, covered, loss, base_loss = (np.zeros(count) for _ in range(4))
    fractional = (forecast.flags & Flag.FRACTIONAL) > 0
    base = [back.baseline(baseline, place)[:, :_WEEK].sum(1, dtype=float) for place in range(len(back.cuts))]
    actual, whole = _weeks(forecast)
    spread = _root_mean_square(actual, base, whole)
    for place in range(len(back.cuts)):
        made = back.forecast[place][:, :_WEEK].sum(1, dtype=float)
        level = np.array([0.95])
        found = forecast.uncertainty(_WEEK).quantiles(made, level, fractional)[:, 0]
        windows += whole[place]
        covered += whole[place] & (actual[place] <= found + 1e-9)
        loss += np.where(whole[place], pinball(actual[place], found, 0.95), 0)
        base_loss += np.where(whole[place], pinball(actual[place], base[place] + _NORMAL_95 * spread, 0.95), 0)
    return Tested(
        back.error_sums(), back.error_sums(baseline=baseline), back.scales(), windows, covered, loss, base_loss
    )


def _weeks(forecast: Forecast) -> tuple[list[FloatArray], list[NDArray[np.bool_]]]:
    actual, whole = [], []
    for place in range(len(forecast.backtest.cuts)):
        demand, seen = forecast.backtest.actual(place)
        actual.append(demand[:, :_WEEK].sum(1, dtype=float))
        whole.append(np.asarray(seen[:, :_WEEK].all(1)))
    return actual, whole


def _root_mean_square(actual: list[FloatArray], base: list[FloatArray], whole: list[NDArray[np.bool_]]) -> FloatArray:
    if not actual:
        return np.zeros(0)
    squares = sum(np.where(w, (a - b) ** 2, 0) for a, b, w in zip(actual, base, whole, strict=True))
    return np.asarray(np.sqrt(squares / np.maximum(sum(w.astype(float) for w in whole), 1)))


def _deviation(panel: Panel, parts: Components, level: FloatArray, end: int) -> FloatArray:
    """(N,) the series' own year beside its group's, over the days ahead."""
    if parts.own_year is None or parts.month is None:
        return np.ones(len(level))
    share = panel.calendar.month_columns[panel.days : end].mean(0)
    now = parts.level + parts.own_year * (parts.month @ share)
    return np.asarray(np.where(level > 0, now / np.where(level > 0, level, 1), 1.0))


def _recent(panel: Panel, days: int) -> FloatArray:
    demand, seen = panel.window(slice(None), max(0, panel.days - days), panel.days)
    return np.asarray(demand.sum(1, dtype=float) / np.maximum(seen.sum(1), 1))
