"""Which lines a budget goes to: those with the most margin at risk for each unit of money they cost."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.restock.inputs import FloatArray


def ranked(at_risk: FloatArray, cost: FloatArray) -> NDArray[np.int64]:
    """(N,) places of the lines, the best use of money first; what costs nothing is the very best, and equal ones keep
    their order."""
    with np.errstate(over="ignore"):
        worth = np.where(cost > 0, at_risk / np.where(cost > 0, cost, 1.0), np.inf)
    return np.lexsort((np.arange(len(cost)), -worth))


def within(at_risk: FloatArray, cost: FloatArray, budget: float) -> NDArray[np.bool_]:
    """(N,) the lines that are paid for: down the ranking, each that still fits as a whole."""
    taken = np.zeros(len(cost), bool)
    left = budget
    order = ranked(at_risk, cost)
    # Sums to the first that does not fit are one step; then the smaller ones behind it get their turn.
    while order.size:
        fits = np.cumsum(cost[order]) <= left + 1e-9
        count = len(order) if fits.all() else int(np.argmin(fits))
        taken[order[:count]] = True
        left -= float(cost[order[:count]].sum())
        rest = order[count + 1 :]
        order = rest[cost[rest] <= left + 1e-9]
    return taken
