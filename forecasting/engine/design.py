"""The columns of the group regression: constant, trend, day of week, annual pattern, events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.calendar import DAYS_PER_YEAR, Calendar

CONSTANT, TREND, WEEKDAY, ANNUAL, EVENT = range(5)
"""Kinds of columns."""

ANNUAL_NEEDS_DAYS = 1.9 * DAYS_PER_YEAR
"""History below which no annual pattern is looked for: one year cannot tell a season from a trend."""

TREND_DAMPING = 0.995
"""Each day ahead the trend advances by this share of the day before: about 190 days' growth in all, ever."""

_PENALTY = {CONSTANT: 0.0, TREND: 1.0, WEEKDAY: 0.1, ANNUAL: 0.5, EVENT: 2.0}
_TREND_PENALTY_WITHOUT_YEAR = 8.0
_HARMONICS = 3


@dataclass(frozen=True)
class Design:
    """Columns for days 0..cut+ahead-1, the ridge penalty of each, its kind, and the days' weights 0..cut-1."""

    cut: int
    columns: NDArray[np.float64]
    penalty: NDArray[np.float64]
    kind: NDArray[np.int64]
    weights: NDArray[np.float64]

    def part(self, *kinds: int) -> NDArray[np.bool_]:
        """Which columns are of these kinds."""
        return np.isin(self.kind, kinds)


def design(calendar: Calendar, cut: int, ahead: int) -> Design:
    """The design of a model cut at `cut` that looks `ahead` days beyond.

    Trend is in years, 0 at the cut, damped after it (Gardner & McKenzie 1985). The annual pattern is three harmonics
    and the months. Recent days weigh more: half-life two years with an annual pattern, one year without.
    """
    annual = calendar.yearly and cut >= ANNUAL_NEEDS_DAYS
    days = slice(0, cut + ahead)
    blocks: list[tuple[int, NDArray[np.float64]]] = [
        (CONSTANT, np.ones((cut + ahead, 1))),
        (TREND, _trend(cut, ahead)[:, None]),
    ]
    if calendar.weekly:
        blocks.append((WEEKDAY, calendar.weekday_columns[days].astype(float)))
    if annual:
        blocks.append((ANNUAL, _annual(calendar, days)))
    if calendar.events is not None:
        blocks.append((EVENT, calendar.events[days].astype(float)))
    kind = np.concatenate([np.full(columns.shape[1], label) for label, columns in blocks])
    penalty = np.array([_PENALTY[label] for label in kind])
    if not annual:
        penalty[kind == TREND] = _TREND_PENALTY_WITHOUT_YEAR
    half_life = 730.0 if annual else 365.0
    weights = np.exp2(-(cut - 1 - np.arange(cut)) / half_life)
    return Design(cut, np.concatenate([columns for _, columns in blocks], axis=1), penalty, kind, weights)


def _trend(cut: int, ahead: int) -> NDArray[np.float64]:
    past = (np.arange(cut) - cut) / DAYS_PER_YEAR
    return np.concatenate([past, np.cumsum(TREND_DAMPING ** np.arange(1, ahead + 1)) / DAYS_PER_YEAR])


def _annual(calendar: Calendar, days: slice) -> NDArray[np.float64]:
    turn = 2 * np.pi * calendar.day_of_year[days] / DAYS_PER_YEAR
    waves = [wave(k * turn) for k in range(1, _HARMONICS + 1) for wave in (np.sin, np.cos)]
    return np.concatenate([np.column_stack(waves), calendar.month_columns[days]], axis=1)
