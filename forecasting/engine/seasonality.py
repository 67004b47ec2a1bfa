"""Patterns of the week and of the year in single series: are they there, and how strong?

Both look at a table of demand with one row for each week (or year) and one column for each day of the week (or month).
Rows' means are taken out, so growth is not taken for a season. Columns' means are the pattern S, what is left is R:

    strength = 1 - var R / var (S + R)                                  (Wang, Smith & Hyndman 2006)

and a pattern is *found* where the two-way analysis of variance's F test calls its columns' differences no accident,
p < 0.01.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecasting.engine.calendar import Calendar
from forecasting.engine.panel import CHUNK, Panel, panel_of

SIGNIFICANCE = 0.01
_MOST_WEEKS = 104
_FEWEST_WEEKS = 4
_MOST_YEARS = 5
_FEWEST_YEARS = 2


@dataclass(frozen=True)
class Pattern:
    """One kind of season of N series, P columns (7 days or 12 months).

    `index` (N, P): demand of a column by the mean, 1 throughout where nothing is known. `strength` (N,) 0..1.
    `p_value` (N,) of the F test. `found` (N,) whether the pattern is no accident. `tested` (N,) whether history
    sufficed.
    """

    index: NDArray[np.float64]
    strength: NDArray[np.float64]
    p_value: NDArray[np.float64]
    found: NDArray[np.bool_]
    tested: NDArray[np.bool_]


@dataclass(frozen=True)
class Seasonality:
    """Both kinds. Weekly needs four weeks, yearly two years."""

    weekly: Pattern
    yearly: Pattern


def detect(demand: ArrayLike, mask: ArrayLike | None, calendar: Calendar) -> Seasonality:
    """Seasons of every series of (N, T) demand; the calendar reaches at least one day beyond."""
    panel = panel_of(demand, mask, calendar, None, 1)
    weekly, yearly = [], []
    for begin in range(0, panel.series, CHUNK):
        rows = slice(begin, begin + CHUNK)
        weekly.append(_pattern(*_weeks(panel, rows), _FEWEST_WEEKS))
        yearly.append(_pattern(*_years(panel, rows), _FEWEST_YEARS))
    return Seasonality(_joined(weekly), _joined(yearly))


def of_panel(panel: Panel, row: int) -> Seasonality:
    """Seasons of one series of a panel."""
    rows = slice(row, row + 1)
    return Seasonality(_pattern(*_weeks(panel, rows), _FEWEST_WEEKS), _pattern(*_years(panel, rows), _FEWEST_YEARS))


def _weeks(panel: Panel, rows: slice) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(n, weeks, 7) demand of the last whole weeks, Monday first, and which cells were observed."""
    if not panel.calendar.weekly:
        return _no_cells(panel, rows, 7)
    monday = int(np.argmax(panel.calendar.weekday[: panel.days] == 0))
    weeks = max(0, min((panel.days - monday) // 7, _MOST_WEEKS))
    end = monday + (panel.days - monday) // 7 * 7
    demand, seen = panel.window(rows, end - 7 * weeks, end)
    shape = (len(demand), weeks, 7)
    return demand.reshape(shape).astype(float), seen.reshape(shape)


def _years(panel: Panel, rows: slice) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """(n, years, 12) mean demand a day by month of the last whole years before the end of history, growth taken out."""
    years = min(panel.days // 365, _MOST_YEARS)
    if not panel.calendar.yearly or years < _FEWEST_YEARS:
        return _no_cells(panel, rows, 12)
    first = panel.days - 365 * years
    demand, seen = panel.window(rows, first, panel.days)
    cell = np.arange(365 * years) // 365 * 12 + panel.calendar.month[first : panel.days]
    columns = np.eye(12 * years, dtype=np.float32)[cell]
    days = (seen.astype(np.float32) @ columns).reshape(-1, years, 12)
    mean = (demand @ columns).reshape(-1, years, 12) / np.maximum(days, 1)
    yearly = demand.reshape(len(demand), years, 365).sum(2) / np.maximum(seen.reshape(-1, years, 365).sum(2), 1)
    growth = (yearly[:, -1] - yearly[:, 0]) / (years - 1)
    passed = _months_passed(panel, first, years)
    return mean.astype(float) - growth[:, None, None] * passed, days >= 7


def _months_passed(panel: Panel, first: int, years: int) -> NDArray[np.float64]:
    """(years, 12) how far into its year each month lies, as a share of the year around 0."""
    share = np.arange(365 * years) % 365 / 365 - 0.5
    cell = np.arange(365 * years) // 365 * 12 + panel.calendar.month[first : panel.days]
    counted = np.maximum(np.bincount(cell, minlength=12 * years), 1)
    return (np.bincount(cell, share, minlength=12 * years) / counted).reshape(years, 12)


def _no_cells(panel: Panel, rows: slice, width: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    shape = (len(range(*rows.indices(panel.series))), 0, width)
    return np.zeros(shape), np.zeros(shape, bool)


def _pattern(cells: NDArray[np.float64], seen: NDArray[np.bool_], fewest: int) -> Pattern:
    """Two-way analysis of variance of (n, rows, columns) cells; rows half empty are left out."""
    from scipy import special

    used = seen & (seen.sum(2, keepdims=True) * 2 > seen.shape[2])
    rows = used.any(2).sum(1)
    mean = _mean(cells, used, 2)
    centred = np.where(used, cells - mean, 0)
    season = _mean(centred, used, 1)
    left = np.where(used, centred - season, 0)
    between = (np.where(used, season, 0) ** 2).sum((1, 2))
    within = (left**2).sum((1, 2))
    free, free_left = seen.shape[2] - 1, np.maximum((rows - 1) * (seen.shape[2] - 1), 1)
    tested = (rows >= fewest) & used.any(1).all(1)
    ratio = (between / free) / np.maximum(within / free_left, 1e-12 * np.maximum(between, 1e-300))
    p_value = np.where(tested & (between > 0), special.fdtrc(free, free_left, ratio), 1.0)
    strength = np.where(tested & (between > 0), np.clip(between / np.maximum(between + within, 1e-300), 0, 1), 0.0)
    overall = (np.where(used, cells, 0)).sum((1, 2)) / np.maximum(used.sum((1, 2)), 1)
    known = (tested & (overall > 0))[:, None]
    index = np.where(known, 1 + season[:, 0] / np.where(known, overall[:, None], 1), 1.0)
    return Pattern(np.maximum(index, 0), strength, p_value, tested & (p_value < SIGNIFICANCE), tested)


def _mean(values: NDArray[np.float64], used: NDArray[np.bool_], axis: int) -> NDArray[np.float64]:
    total = np.where(used, values, 0).sum(axis, keepdims=True)
    return np.asarray(total / np.maximum(used.sum(axis, keepdims=True), 1))


def _joined(parts: list[Pattern]) -> Pattern:
    names = ("index", "strength", "p_value", "found", "tested")
    return Pattern(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
