"""Where a baseline wins, the baseline is used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.backtest import Backtest, baseline_path

CLEARLY = 0.8
"""A baseline replaces the forecast where its squared error over all windows is at most this share of the forecast's."""

MOSTLY = 0.75
"""And where it was better in at least this share of the windows."""

FEWEST_WINDOWS = 3
"""Fewer windows prove nothing about a single series."""


def choose(mean: NDArray[np.float32], backtest: Backtest, names: tuple[str, ...]) -> NDArray[np.uint8]:
    """(N,) 0 where the forecast stays, k + 1 where baseline `names[k]` replaces it, in `mean` and in the backtest.

    A baseline must have the smaller squared error in most windows, and clearly so in total: between equals luck alone
    decides single windows, and choosing series by series on less loses more than it gains.
    """
    chosen = np.zeros(len(mean), np.uint8)
    if len(backtest.cuts) < FEWEST_WINDOWS or not names:
        return chosen
    own = _squared(backtest, backtest.forecast)
    paths = [np.stack([backtest.baseline(name, at) for at in range(len(backtest.cuts))]) for name in names]
    least = CLEARLY * own.sum(0)
    for place, made in enumerate(paths):
        error = _squared(backtest, made)
        wins = ((error < own).mean(0) >= MOSTLY) & (error.sum(0) <= least)
        chosen[wins] = place + 1
        least = np.where(wins, error.sum(0), least)
    for place, name in enumerate(names):
        rows = np.flatnonzero(chosen == place + 1)
        if rows.size:
            backtest.forecast[:, rows] = paths[place][:, rows]
            panel = backtest.panel
            mean[rows] = baseline_path(panel, name, panel.days, mean.shape[1], rows)
    return chosen


def _squared(backtest: Backtest, made: NDArray[np.float32]) -> NDArray[np.float64]:
    """(O, N) squared errors over the observed days of each window."""
    out = np.empty(made.shape[:2])
    for place in range(len(backtest.cuts)):
        actual, seen = backtest.actual(place)
        error = np.where(seen, made[place] - actual, 0)
        out[place] = np.einsum("nh,nh->n", error, error, dtype=float)
    return out
