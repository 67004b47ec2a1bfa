"""What is unusual about each series."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.design import ANNUAL_NEEDS_DAYS
from forecasting.engine.panel import CHUNK, Panel
from forecasting.engine.results import Flag

LEAST_DAYS = 7
"""Days of history below which a forecast is not the series' own."""

_SHORT_DAYS = 28
_RECENT = 364
_INTERVAL = 1.32
_VARIATION = 0.49


def of(panel: Panel) -> NDArray[np.uint8]:
    """(N,) `Flag`s of every series."""
    out = np.zeros(panel.series, np.uint8)
    for begin in range(0, panel.series, CHUNK):
        rows = slice(begin, begin + CHUNK)
        out[rows] = _of_rows(panel, rows)
    return out


def _of_rows(panel: Panel, rows: slice) -> NDArray[np.uint8]:
    days = _observed_days(panel, rows)
    demand, seen = panel.window(rows, max(0, panel.days - _RECENT), panel.days)
    sold = demand > 0
    selling = sold.sum(1)
    interval = seen.sum(1) / np.maximum(selling, 1)
    mean = demand.sum(1, dtype=float) / np.maximum(selling, 1)
    square = np.einsum("nt,nt->n", demand, demand, dtype=float) / np.maximum(selling, 1)
    variation = square / np.maximum(mean, 1e-9) ** 2 - 1
    rare = (selling > 0) & (interval >= _INTERVAL)
    found = {
        Flag.TOO_SHORT: days < LEAST_DAYS,
        Flag.SHORT_HISTORY: days < _SHORT_DAYS,
        Flag.NO_ANNUAL: (days < ANNUAL_NEEDS_DAYS) | (not panel.calendar.yearly),
        Flag.INTERMITTENT: rare,
        Flag.LUMPY: rare & (variation >= _VARIATION),
        Flag.NEVER_OBSERVED: days == 0,
        Flag.NEVER_SOLD: (days > 0) & ~_ever_sold(panel, rows, selling > 0),
        Flag.FRACTIONAL: (demand != np.rint(demand)).any(1),
    }
    out = np.zeros(len(days), np.uint8)
    for flag, at in found.items():
        out |= np.where(at, flag.value, 0).astype(np.uint8)
    return out


def _observed_days(panel: Panel, rows: slice) -> NDArray[np.intp]:
    seen = np.isfinite(panel.demand[rows])
    if panel.mask is not None:
        seen &= panel.mask[rows]
    return np.asarray(np.count_nonzero(seen, axis=1))


def _ever_sold(panel: Panel, rows: slice, lately: NDArray[np.bool_]) -> NDArray[np.bool_]:
    ever = lately.copy()
    quiet = np.flatnonzero(~lately)
    if quiet.size:
        demand, _ = panel.window(np.arange(rows.start, rows.start + len(lately))[quiet], 0, panel.days)
        ever[quiet] = (demand > 0).any(1)
    return ever
