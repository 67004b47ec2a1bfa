"""Empirical Bayes: how far a series may leave the pattern of its group, learned from all series at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SPREAD_LIMITS = (1e-3, 4.0)
"""Smallest and largest variance of true ratios between series that the moments may claim."""

_MOST_EVIDENCE = 150.0
"""Expected units, in multiples of the dispersion, beyond which a cell weighs no more in the moments."""


def ratio_spread(
    observed: NDArray[np.floating], expected: NDArray[np.floating], dispersion: NDArray[np.floating]
) -> float:
    """tau2: the variance of the true ratios observed/expected around 1, over all cells (n, C).

    Method of moments (Clayton & Kaldor 1987, Gamma-Poisson): E[(r - 1)^2] = tau2 + phi/expected, with phi (n,) the
    variance of a day's demand by its mean. Cells with more evidence weigh more. Without evidence: the smallest spread.
    """
    evidence = expected / np.maximum(dispersion[:, None], 1e-12)
    usable = evidence > 1
    weight = np.where(usable, np.minimum(evidence, _MOST_EVIDENCE), 0.0)
    total = float(weight.sum())
    if total <= 0:
        return SPREAD_LIMITS[0]
    safe = np.where(usable, expected, 1.0)
    excess = (np.where(usable, observed, 1.0) / safe - 1) ** 2 - dispersion[:, None] / safe
    return float(np.clip((weight * excess).sum() / total, *SPREAD_LIMITS))


def shrunk_ratios(
    observed: NDArray[np.floating], expected: NDArray[np.floating], dispersion: NDArray[np.floating], spread: float
) -> NDArray[np.float32]:
    """(n, C) posterior means (observed + k)/(expected + k), k = phi/tau2: 1 without evidence, the data with much."""
    prior = (dispersion / spread)[:, None]
    below = np.maximum(expected + prior, 1e-12)
    ratio = np.where(expected + prior > 1e-12, (observed + prior) / below, 1.0)
    return np.asarray(ratio, dtype=np.float32)


def shrunk_coefficients(
    found: NDArray[np.float64],
    variance: NDArray[np.float64],
    toward: NDArray[np.float64],
    block: NDArray[np.int64],
    prior_cells: float = 0.0,
    prior_spread: float = 0.01,
) -> NDArray[np.float64]:
    """(G, p) coefficients drawn toward `toward`, block by block (positive-part James-Stein by moments).

    The true spread of a block is the mean of (found - toward)^2 - variance over its cells, at least 0, plus
    `prior_cells` imaginary cells of `prior_spread`; a coefficient keeps spread / (spread + variance) of its distance.
    """
    out = toward + np.zeros_like(found)
    for label in np.unique(block):
        at = block == label
        distance = found[:, at] - toward[..., at]
        excess = distance**2 - variance[:, at]
        total = float(excess.sum()) + prior_cells * prior_spread
        spread = max(total / (excess.size + prior_cells), 0.0)
        kept = np.where(spread > 0, spread / np.maximum(spread + variance[:, at], 1e-300), 0.0)
        out[:, at] = toward[..., at] + kept * distance
    return out
