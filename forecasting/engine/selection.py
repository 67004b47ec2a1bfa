"""Where a baseline wins, the baseline is used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.backtest import Backtest, baseline_path
from forecasting.engine.baselines import BASELINES
from forecasting.engine.cores import each
from forecasting.engine.errors import EngineInputError
from forecasting.engine.panel import CHUNK

CLEARLY = 0.8
"""A baseline replaces the forecast where its squared error over all windows is at most this share of the forecast's."""

MOSTLY = 0.75
"""And where it was better in at least this share of the windows."""

_NOTICEABLE = 1e-9
"""Share of squared demand below which errors are rounding, and no reason to change the method."""

FEWEST_WINDOWS = 3
"""Fewer windows prove nothing about a single series."""


def choose(
    mean: NDArray[np.float32], backtest: Backtest, names: tuple[str, ...], threads: int = 1
) -> NDArray[np.uint8]:
    """(N,) 0 where the forecast stays, k + 1 where baseline `names[k]` replaces it, in `mean` and in the backtest.

    A baseline must have the smaller squared error in most windows, and clearly so in total: between equals luck alone
    decides single windows, and choosing series by series on less loses more than it gains.
    """
    unknown = [name for name in names if name not in BASELINES]
    if unknown:
        raise EngineInputError(f"baselines must be among {', '.join(BASELINES)}.")
    if len(backtest.cuts) < FEWEST_WINDOWS or not names:
        return np.zeros(len(mean), np.uint8)
    parts = [np.arange(first, min(first + CHUNK, len(mean))) for first in range(0, len(mean), CHUNK)]
    return np.concatenate(list(each(lambda rows: _chosen(mean, backtest, names, rows), parts, threads)))


def _chosen(
    mean: NDArray[np.float32], backtest: Backtest, names: tuple[str, ...], rows: NDArray[np.intp]
) -> NDArray[np.uint8]:
    """The choice for some series, and their figures replaced."""
    panel, cuts, ahead = backtest.panel, backtest.cuts, backtest.horizon
    windows = [panel.window(rows, cut, cut + ahead) for cut in cuts]
    own = _squared(backtest.forecast[:, rows], windows)
    demand = _squared(np.zeros((len(cuts), 1, 1), np.float32), windows).sum(0)
    least = np.where(own.sum(0) > _NOTICEABLE * demand, CLEARLY * own.sum(0), -1.0)
    chosen = np.zeros(len(rows), np.uint8)
    paths = [np.stack([baseline_path(panel, name, cut, ahead, rows) for cut in cuts]) for name in names]
    for place, made in enumerate(paths):
        error = _squared(made, windows)
        wins = ((error < own).mean(0) >= MOSTLY) & (error.sum(0) <= least)
        chosen[wins] = place + 1
        least = np.where(wins, error.sum(0), least)
    for place, name in enumerate(names):
        wins = chosen == place + 1
        if wins.any():
            backtest.forecast[:, rows[wins]] = paths[place][:, wins]
            mean[rows[wins]] = baseline_path(panel, name, panel.days, mean.shape[1], rows[wins])
    return chosen


def _squared(
    made: NDArray[np.float32], windows: list[tuple[NDArray[np.float32], NDArray[np.bool_]]]
) -> NDArray[np.float64]:
    """(O, n) squared errors over the observed days of each window."""
    out = []
    for forecast, (actual, seen) in zip(made, windows, strict=True):
        error = np.where(seen, forecast - actual, 0)
        out.append(np.einsum("nh,nh->n", error, error, dtype=float))
    return np.stack(out)
