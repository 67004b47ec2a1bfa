"""Goods that lie too many in one store for those that lack them in another, before any are bought.

A store gives only what it has beyond its own order-up-to level, so that it does not have to order because it gave.
Within a product the greatest need is served first, from the greatest surplus, and both are laid end to end on one
line: where the interval of a need and that of a surplus overlap, that much is sent. So nothing is sent twice, and
nothing appears:

    sum over receivers = sum over givers, of each <= its need, of each <= its surplus

Quantities are whole thousandths of a unit, so the sums are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.restock.inputs import FloatArray

IntArray = NDArray[np.int64]
UNIT = 1000
"""Thousandths of a unit."""


@dataclass(frozen=True)
class Transfers:
    """(M,) `giver` and `receiver`: places among the series; `units` sent, in thousandths of a unit. `wanted` and
    `given` (M, 2): where the receiver's need and the giver's surplus lie on the line; `units` is their overlap."""

    giver: IntArray
    receiver: IntArray
    units: IntArray
    wanted: IntArray
    given: IntArray


def overlap(wanted: IntArray, given: IntArray) -> IntArray:
    """(M,) thousandths of a unit in both intervals."""
    ends = np.minimum(wanted[:, 1], given[:, 1]) - np.maximum(wanted[:, 0], given[:, 0])
    return np.asarray(np.maximum(ends, 0))


def surplus(available: FloatArray, position: FloatArray, order_up_to: FloatArray) -> IntArray:
    """(N,) thousandths of a unit a store can give: whole units that are there and beyond its own order-up-to level.

    `available`: on hand - reserved - on hold. What is only on its way cannot be given.
    """
    spare = np.minimum(available, position - order_up_to)
    return np.asarray(np.maximum(np.floor(spare + 1e-9), 0.0).astype(np.int64) * UNIT)


def matched(product: IntArray, need: IntArray, spare: IntArray) -> Transfers:
    """`product` (N,): series of one product share a number. `need`, `spare` (N,) in thousandths of a unit; what needs
    gives nothing."""
    spare = np.where(need > 0, 0, spare)
    receivers, givers = _lined_up(product, need), _lined_up(product, spare)
    _, number = np.unique(product, return_inverse=True)
    count = int(number.max()) + 1 if len(number) else 0
    total = np.minimum(
        np.bincount(number, need, minlength=count).astype(np.int64),
        np.bincount(number, spare, minlength=count).astype(np.int64),
    )
    start = np.concatenate([[0], np.cumsum(total)])[:-1]
    needs = _spans(number, need, receivers, total, start)
    spares = _spans(number, spare, givers, total, start)
    edges = np.unique(np.concatenate([needs.ravel(), spares.ravel()]))
    low, units = edges[:-1], np.diff(edges)
    wanted = np.searchsorted(needs[:, 1], low, side="right")
    given = np.searchsorted(spares[:, 1], low, side="right")
    return Transfers(givers[given], receivers[wanted], units, needs[wanted], spares[given])


def _lined_up(product: IntArray, units: IntArray) -> IntArray:
    """Places with units, product by product, the most first."""
    places = np.flatnonzero(units > 0)
    return places[np.lexsort((places, -units[places], product[places]))]


def _spans(number: IntArray, units: IntArray, places: IntArray, total: IntArray, start: IntArray) -> IntArray:
    """(P, 2) the interval of each on the line, cut off where the product's needs, or its surpluses, end."""
    if not places.size:
        return np.zeros((0, 2), np.int64)
    running = np.cumsum(units[places])
    group = number[places]
    first = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    before = np.repeat(running[first] - units[places[first]], np.diff(np.r_[first, len(places)]))
    ends = np.minimum(running - before, total[group])
    begins = np.minimum(running - before - units[places], total[group])
    return np.asarray(start[group][:, None] + np.stack([begins, ends], axis=1))
