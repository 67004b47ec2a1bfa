"""How noisy a series is: the variance of a day's demand by its mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.panel import Chunk

_PRIOR_PAIRS = 28.0
_MEMORY = 364
_FALLBACK = 1.3
"""Where nothing was sold twice: a little above a Poisson count's 1."""


def by_cut(chunk: Chunk, cuts: list[int], season: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n, cuts) sums of squared and of absolute counts whose quotient is phi, from the year before each cut.

    phi = sum (y_t - y_{t-s})^2 / sum (y_t + y_{t-s}), s days of a season: weekly pattern and slow changes cancel, and a
    Poisson count has phi = 1. (The von Neumann ratio's idea, von Neumann 1941.)
    """
    first = max(0, min(cuts) - _MEMORY - season)
    y = chunk.demand[:, first : max(cuts)]
    if y.shape[1] <= season:
        nothing = np.zeros((len(y), len(cuts)))
        return nothing, nothing.copy()
    step = y[:, season:] - y[:, :-season]
    level = y[:, season:] + y[:, :-season]
    if chunk.observed is not None:
        seen = chunk.observed[:, first : max(cuts)]
        both = seen[:, season:] * seen[:, :-season]
        step *= both
        level *= both
    day = np.arange(first + season, max(cuts))[:, None]
    ends = np.array(cuts)
    window = ((day < ends) & (day >= ends - _MEMORY)).astype(np.float32)
    np.square(step, out=step)
    return (step @ window).astype(float), (level @ window).astype(float)


def pooled(squares: NDArray[np.float64], sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """(cuts,) typical phi of a panel: the median over series that sold."""
    out = np.full(squares.shape[1], _FALLBACK)
    for at in range(squares.shape[1]):
        sold = sums[:, at] > 0
        if sold.any():
            out[at] = max(float(np.median(squares[sold, at] / sums[sold, at])), 1e-9)
    return out


def of_series(squares: NDArray[np.float64], sums: NDArray[np.float64], typical: float) -> NDArray[np.float64]:
    """(n,) phi of each series, drawn toward the typical one by four weeks' worth of its own mean demand."""
    prior = _PRIOR_PAIRS * sums / _MEMORY
    return np.asarray(np.where(sums > 0, (squares + prior * typical) / np.maximum(sums + prior, 1e-300), typical))
