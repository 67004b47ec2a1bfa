"""Which speeds of forgetting served best: pooled weights from the backtest.

Weights for each series lose to weights for all (their noise costs more than their fit gains: Smith & Wallis 2009, and
measured in docs/forecasting.md), so all series vote: q_ik is candidate k's squared error for series i over all backtest
days by the mean of all candidates, and w_k ~ (mean_i q_ik)^-40. The power prefers clearly without ever choosing one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.levels import Levels

_SHARPNESS = 40.0
_UNTESTED_RANGE = (14.0, 56.0)


def candidates(found: Levels) -> NDArray[np.float32]:
    """(n, C) all levels: K without and, where there are any, K with the series' own year."""
    if found.own_year is None:
        return found.values
    return np.concatenate([found.values, found.own_year], axis=1)


def squared_errors(
    found: Levels,
    path: NDArray[np.float32],
    own_year_path: NDArray[np.float32] | None,
    actual: NDArray[np.float32],
    seen: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """(n, C) squared errors over the seen days of a window (n, h), without making C forecasts:

    sum (level p_t - y_t)^2 = level^2 sum p_t^2 - 2 level sum p_t y_t + sum y_t^2.
    """
    errors = [_expanded(found.values, path, actual, seen)]
    if found.own_year is not None and own_year_path is not None:
        errors.append(_expanded(found.own_year, path * own_year_path, actual, seen))
    return np.concatenate(errors, axis=1)


def _expanded(
    level: NDArray[np.float32], path: NDArray[np.float32], actual: NDArray[np.float32], seen: NDArray[np.bool_]
) -> NDArray[np.float64]:
    used = np.where(seen, path, 0).astype(float)
    units = actual.astype(float)
    squared = np.einsum("nh,nh->n", used, used)[:, None]
    crossed = np.einsum("nh,nh->n", used, units)[:, None]
    constant = np.einsum("nh,nh->n", units, units)[:, None]
    precise = level.astype(float)
    return np.asarray(np.maximum(precise * precise * squared - 2 * precise * crossed + constant, 0))


def relative(errors: NDArray[np.float64]) -> tuple[NDArray[np.float64], int]:
    """(C,) sum over series of each candidate's error by the mean candidate's, and how many series had any."""
    mean = errors.mean(1)
    voting = mean > 0
    return (errors[voting] / mean[voting, None]).sum(0), int(voting.sum())


def pooled(votes: NDArray[np.float64], voters: int) -> NDArray[np.float64]:
    """(C,) weights of sum 1."""
    score = np.maximum(votes / max(voters, 1), 1e-6)
    weight = (score / score.min()) ** -_SHARPNESS
    return np.asarray(weight / weight.sum())


def untested(half_lives: NDArray[np.float64], days: int) -> NDArray[np.float64]:
    """(K,) weights when history is too short to test: equal among middle half-lives, faster ones below four weeks."""
    low, high = _UNTESTED_RANGE if days >= 28 else (0.0, 14.0)
    usable = (half_lives >= low) & (half_lives <= high)
    if not usable.any():
        usable = np.ones(len(half_lives), bool)
    return np.asarray(usable / usable.sum())
