"""Many series side by side: demand, what was observed, and the group each series belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecasting.engine.calendar import Calendar
from forecasting.engine.errors import EngineInputError

LARGEST_DEMAND = 1e12
"""Units a day; more is cut to this, so that squares stay finite in every sum."""

CHUNK = 1024
"""Series worked on at a time: 3 MB of two years' demand, which stays in the caches of a small server."""


@dataclass(frozen=True)
class Chunk:
    """Some series of a panel, those of one group beside each other.

    `rows`: (n,) places in the panel. `demand`: (n, T) float32, 0 where not observed. `observed`: (n, T) float32 of 0
    and 1, or None when every day was. `groups`: (g,) the groups present, and `bounds`: (g+1,) where each begins.
    """

    rows: NDArray[np.intp]
    demand: NDArray[np.float32]
    observed: NDArray[np.float32] | None
    groups: NDArray[np.intp]
    bounds: NDArray[np.intp]

    @cached_property
    def local(self) -> NDArray[np.intp]:
        """(n,) for each series the place of its group in `groups`."""
        return np.repeat(np.arange(len(self.groups)), np.diff(self.bounds))

    def spans(self) -> Iterator[tuple[int, slice]]:
        """Each group's place and its series."""
        for place in range(len(self.groups)):
            yield place, slice(int(self.bounds[place]), int(self.bounds[place + 1]))

    def exposure(self, profile: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, C) sums over observed days of profile of the series' group (g, t) times weights (t, C)."""
        days = len(weights)
        if self.observed is None:
            return np.asarray((profile[:, :days] @ weights)[self.local])
        out = np.empty((len(self.rows), weights.shape[1]), np.float32)
        for place, span in self.spans():
            out[span] = self.observed[span, :days] @ (profile[place, :days, None] * weights)
        return out

    def observed_days(self, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, C) sums of weights (t, C) over observed days."""
        if self.observed is None:
            return np.repeat(weights.sum(0, keepdims=True), len(self.rows), axis=0)
        return self.observed[:, : len(weights)] @ weights


@dataclass(frozen=True)
class Panel:
    """N series of T days. Build it with `panel_of`, which checks and cleans."""

    demand: NDArray[np.float32]
    mask: NDArray[np.bool_] | None
    calendar: Calendar
    group: NDArray[np.intp]
    horizon: int
    order: NDArray[np.intp]
    starts: NDArray[np.intp]

    @property
    def series(self) -> int:
        return self.demand.shape[0]

    @property
    def days(self) -> int:
        return self.demand.shape[1]

    @property
    def group_count(self) -> int:
        return len(self.starts) - 1

    def window(self, rows: NDArray[np.intp] | slice, first: int, last: int) -> tuple[NDArray, NDArray[np.bool_]]:
        """(n, last-first) demand, 0 where not observed, and whether it was, of days first..last-1."""
        demand = self.demand[rows, first:last]
        seen = np.isfinite(demand)
        if self.mask is not None:
            seen &= self.mask[rows, first:last]
        return _clean(demand, seen), seen

    def chunk_rows(self, size: int = CHUNK) -> Iterator[NDArray[np.intp]]:
        """All series in order of group, at most `size` at a time. The same input gives the same chunks."""
        for first in range(0, self.series, size):
            yield self.order[first : first + size]

    def sample(self, size: int) -> Chunk:
        """At most `size` series, spread evenly over the groups: pooled constants are learned from these."""
        step = max(1, -(-self.series // size))
        return self.chunk(self.order[step // 2 :: step])

    def chunk(self, rows: NDArray[np.intp]) -> Chunk:
        """The series at `rows`, which are in order of group."""
        demand, seen = self.window(rows, 0, self.days)
        observed = None if seen.all() else seen.astype(np.float32)
        groups, first = np.unique(self.group[rows], return_index=True)
        return Chunk(rows, demand, observed, groups, np.append(first, len(rows)))


def panel_of(
    demand: ArrayLike, mask: ArrayLike | None, calendar: Calendar, group: ArrayLike | None, horizon: int
) -> Panel:
    """A checked panel. NaN and infinite demand counts as not observed, negative demand (net returns) as 0.

    `demand`: (N, T) units. `mask`: (N, T), False where the day says nothing about demand: closed, sold out, not yet
    launched. `group`: (N,) any integers, equal for series that share their pattern; None puts all in one group.
    """
    values = np.asarray(demand, dtype=np.float32)
    if values.ndim != 2 or not values.shape[0] or not values.shape[1]:
        raise EngineInputError("demand must have two dimensions, series by days, and at least one of each.")
    if horizon < 1:
        raise EngineInputError("horizon must be at least one day.")
    if len(calendar) < values.shape[1] + horizon:
        raise EngineInputError(f"calendar must reach {horizon} days beyond the {values.shape[1]} days of history.")
    seen = None if mask is None else np.asarray(mask, dtype=bool)
    if seen is not None and seen.shape != values.shape:
        raise EngineInputError("mask must have the shape of demand.")
    labels = np.zeros(len(values), np.int64) if group is None else np.asarray(group)
    if labels.shape != (len(values),) or labels.dtype.kind not in "iu":
        raise EngineInputError("group must be one whole number for each series.")
    dense = np.unique(labels, return_inverse=True)[1].astype(np.intp)
    order = np.argsort(dense, kind="stable")
    starts = np.searchsorted(dense[order], np.arange(dense.max() + 2))
    return Panel(values, seen, calendar.first(values.shape[1] + horizon), dense, horizon, order, starts)


def _clean(demand: NDArray[np.float32], seen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Demand between 0 and the largest allowed, 0 where not seen."""
    cleaned = np.clip(demand, 0, LARGEST_DEMAND)
    if not seen.all():
        cleaned[~seen] = 0
    return cleaned
