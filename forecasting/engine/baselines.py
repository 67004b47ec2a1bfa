"""Simple forecasts that every other must beat: seasonal naive, moving average, simple exponential smoothing.

Each takes history (n, T) with 0 where not observed, `seen` of the same shape, and gives (n, ahead) units a day.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Baseline = Callable[[NDArray, NDArray[np.bool_], int, int], NDArray[np.float32]]

AVERAGED_DAYS = 28
_SEASONS_BACK = 4
_SPEEDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)


def seasonal_naive(demand: NDArray, seen: NDArray[np.bool_], ahead: int, season: int = 7) -> NDArray[np.float32]:
    """The last season again. A day not observed takes the same day of up to four seasons back, else the average."""
    days = demand.shape[1]
    last = np.repeat(moving_average(demand, seen, 1), season, axis=1)
    for back in range(_SEASONS_BACK, 0, -1):
        begin = days - back * season
        known = slice(max(begin, 0), max(begin + season, 0))
        if known.stop > known.start:
            at = slice(season - (known.stop - known.start), season)
            last[:, at] = np.where(seen[:, known], demand[:, known], last[:, at])
    repeats = -(-ahead // season)
    return np.tile(last, (1, repeats))[:, :ahead].astype(np.float32)


def moving_average(demand: NDArray, seen: NDArray[np.bool_], ahead: int, season: int = 7) -> NDArray[np.float32]:
    """The mean of the observed days among the last 28; of all history if none was observed."""
    recent, known = demand[:, -AVERAGED_DAYS:], seen[:, -AVERAGED_DAYS:]
    count = known.sum(1)
    mean = recent.sum(1, dtype=float) / np.maximum(count, 1)
    if (count == 0).any():
        mean = np.where(count > 0, mean, demand.sum(1, dtype=float) / np.maximum(seen.sum(1), 1))
    return np.repeat(mean[:, None], ahead, axis=1).astype(np.float32)


def exponential_smoothing(demand: NDArray, seen: NDArray[np.bool_], ahead: int, season: int = 7) -> NDArray[np.float32]:
    """Brown's simple exponential smoothing, each series at the speed among six with the least one-day error."""
    begin = demand[:, : AVERAGED_DAYS // 2]
    known = seen[:, : AVERAGED_DAYS // 2].sum(1)
    first = begin.sum(1, dtype=float) / np.maximum(known, 1)
    level = np.repeat(first[:, None], len(_SPEEDS), axis=1)
    loss = np.zeros_like(level)
    speeds = np.array(_SPEEDS)
    for day in range(demand.shape[1]):
        error = np.where(seen[:, day, None], demand[:, day, None] - level, 0.0)
        loss += error * error
        level += speeds * error
    chosen = np.take_along_axis(level, loss.argmin(1)[:, None], axis=1)
    return np.repeat(chosen, ahead, axis=1).astype(np.float32)


BASELINES: dict[str, Baseline] = {
    "seasonal_naive": seasonal_naive,
    "moving_average": moving_average,
    "exponential_smoothing": exponential_smoothing,
}
