"""From demand to levels: how much a series sells, with its pattern taken out, at several speeds of forgetting.

For a series i of group g and half-life h

    level_ih = sum_t 2^(-(c-1-t)/h) y_it / sum_t 2^(-(c-1-t)/h) m_it A_g(t) s_i,weekday(t)

which is simple exponential smoothing of y/(A s), weighted by exposure: days without sales count as what they are,
masked days do not count at all, and intermittent demand needs no method of its own. (Gamma-Poisson conjugate
discounting: Harvey & Fernandes 1989; West & Harrison 1997, chapter 10.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.engine.calendar import Calendar
from forecasting.engine.panel import Chunk
from forecasting.engine.profiles import Profiles
from forecasting.engine.shrinkage import ratio_spread, shrunk_ratios

WEEKDAY_HALF_LIFE = 365.0
"""Days after which a day weighs half in a series' own week."""

BORROWED_UNTIL = 28
"""Days observed from which a series' level is its own; before, it leans on its group."""

_LEAN = 2.0
"""Days the group's mean counts for a series with few days of its own."""

_YEARS_OF_MONTHS = 4
_TINY = 1e-9
_FORGOTTEN = 1e-20


@dataclass(frozen=True)
class Spreads:
    """How much series differ from their group at a cut: variances of the true ratios, and the typical phi."""

    weekday: float
    month: float | None
    dispersion: float


@dataclass(frozen=True)
class Patterns:
    """What multiplies a level on a day, and the days it was learned from.

    `shape` (g, cut+ahead) of the groups; `weekday` (n, 7) of the series, mean 1; `month` (n, 12) the series' own
    deviation from its group's year, mean 1, or None.
    """

    shape: NDArray[np.float32]
    weekday: NDArray[np.float32]
    month: NDArray[np.float32] | None


@dataclass(frozen=True)
class Levels:
    """`values` (n, K) levels, `own_year` (n, K) levels if the series' own months apply, or None."""

    patterns: Patterns
    values: NDArray[np.float32]
    own_year: NDArray[np.float32] | None


def weekday_evidence(
    chunk: Chunk, calendar: Calendar, profiles: Profiles, shape: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(n, 7) units sold on each day of the week and units expected from the group's week, recent weeks first."""
    cut = profiles.design.cut
    recent = np.exp2(-(cut - 1 - np.arange(cut)) / WEEKDAY_HALF_LIFE)[:, None]
    columns = (calendar.weekday_columns[:cut] * recent).astype(np.float32)
    sold = chunk.demand[:, :cut] @ columns
    exposure = chunk.exposure(shape, columns) * profiles.weekdays(chunk.groups)[chunk.local]
    level = sold.sum(1, keepdims=True) / np.maximum(exposure.sum(1, keepdims=True), _TINY)
    return sold, exposure * level


def month_evidence(
    chunk: Chunk, calendar: Calendar, cut: int, shape: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(n, 12) units sold in each month and units expected from the group's year, each year's level removed."""
    years_ago = np.minimum((cut - 1 - np.arange(cut)) // 365, _YEARS_OF_MONTHS - 1)
    cell = years_ago * 12 + calendar.month[:cut]
    columns = np.eye(_YEARS_OF_MONTHS * 12, dtype=np.float32)[cell]
    sold = (chunk.demand[:, :cut] @ columns).reshape(-1, _YEARS_OF_MONTHS, 12)
    exposure = chunk.exposure(shape, columns).reshape(-1, _YEARS_OF_MONTHS, 12)
    level = sold.sum(2, keepdims=True) / np.maximum(exposure.sum(2, keepdims=True), _TINY)
    return sold.sum(1), (exposure * level).sum(1)


def spreads(
    sample: Chunk, calendar: Calendar, profiles: Profiles, phi: NDArray[np.float64], *, months: bool, typical: float
) -> Spreads:
    """The pooled constants of one cut, from a sample of series with dispersion `phi` (n,)."""
    shape = profiles.shape(sample.groups)
    weekday = month = None
    if calendar.weekly:
        weekday = ratio_spread(*weekday_evidence(sample, calendar, profiles, shape), phi)
    if months:
        month = ratio_spread(*month_evidence(sample, calendar, profiles.design.cut, shape), phi)
    return Spreads(weekday or 0.0, month, typical)


def patterns(
    chunk: Chunk, calendar: Calendar, profiles: Profiles, phi: NDArray[np.float64], learned: Spreads
) -> Patterns:
    """The chunk's patterns at the profiles' cut."""
    shape = profiles.shape(chunk.groups)
    index = profiles.weekdays(chunk.groups)[chunk.local]
    month = None
    if calendar.weekly:
        index = index * shrunk_ratios(
            *weekday_evidence(chunk, calendar, profiles, shape), dispersion=phi, spread=learned.weekday
        )
        index /= np.maximum(index.mean(1, keepdims=True), _TINY)
    if learned.month is not None:
        evidence = month_evidence(chunk, calendar, profiles.design.cut, shape)
        month = shrunk_ratios(*evidence, dispersion=phi, spread=learned.month)
        month /= np.maximum(month.mean(1, keepdims=True), _TINY)
    return Patterns(shape, index, month)


def levels(chunk: Chunk, calendar: Calendar, cut: int, found: Patterns, half_lives: NDArray[np.float64]) -> Levels:
    """Levels of every series at every half-life, from the days before `cut`."""
    age = cut - 1 - np.arange(cut)
    decay = np.exp2(-age[:, None] / half_lives).astype(np.float32)
    sold = chunk.demand[:, :cut] @ decay
    below = _exposure(chunk, calendar, found, decay)
    values = _own_or_borrowed(chunk, cut, _ratios(sold, below))
    if found.month is None:
        return Levels(found, values, None)
    share = decay.T @ calendar.month_columns[:cut]
    share /= share.sum(1, keepdims=True)
    own_year = values / np.maximum(found.month @ share.T, _TINY)
    return Levels(found, values, own_year.astype(np.float32))


def _exposure(chunk: Chunk, calendar: Calendar, found: Patterns, decay: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, K) sum over observed days of decay x shape x weekday index.

    With every day observed the days of one weekday are summed for the group first, which costs next to nothing.
    """
    cut = len(decay)
    if chunk.observed is None:
        by_weekday = decay[:, :, None] * calendar.weekday_columns[:cut, None, :]
        sums = chunk.exposure(found.shape, by_weekday.reshape(cut, -1)).reshape(len(chunk.rows), -1, 7)
        return np.asarray(np.einsum("nkd,nd->nk", sums, found.weekday))
    expected = found.weekday @ calendar.weekday_columns[:cut].T
    expected *= chunk.observed[:, :cut]
    for place, span in chunk.spans():
        expected[span] *= found.shape[place, :cut]
    return np.asarray(expected @ decay)


def _ratios(sold: NDArray[np.float32], exposure: NDArray[np.float32]) -> NDArray[np.float32]:
    """Levels (n, K), fastest first. One that has forgotten all it saw (a long closure) takes the next slower one's."""
    known = exposure > _FORGOTTEN
    values = np.where(known, sold / np.maximum(exposure, _FORGOTTEN), 0.0).astype(np.float32)
    for at in range(values.shape[1] - 2, -1, -1):
        values[:, at] = np.where(known[:, at], values[:, at], values[:, at + 1])
    return values


def _own_or_borrowed(chunk: Chunk, cut: int, own: NDArray[np.float32]) -> NDArray[np.float32]:
    """Levels of series with few observed days lean on their group's mean level: new products start like their like."""
    days = chunk.observed_days(np.ones((cut, 1), np.float32))[:, 0]
    lean = _LEAN / (days + _LEAN) * np.maximum(0, 1 - days / BORROWED_UNTIL)
    if not lean.any():
        return own
    counted = np.where((days > 0)[:, None], own, 0.0)
    below = np.add.reduceat((days > 0).astype(float), chunk.bounds[:-1])[:, None]
    mean = np.add.reduceat(counted, chunk.bounds[:-1], axis=0) / np.maximum(below, 1)
    lean = lean[:, None].astype(np.float32)
    return np.asarray((1 - lean) * counted + lean * mean[chunk.local], dtype=np.float32)


def path(
    chunk_groups: NDArray[np.intp], calendar: Calendar, found: Patterns, first: int, last: int
) -> NDArray[np.float32]:
    """(n, last-first) what the levels are multiplied by on days first..last-1, without the series' own months."""
    week = found.weekday @ calendar.weekday_columns[first:last].T
    week *= found.shape[chunk_groups, first:last]
    return np.asarray(week)


def month_path(calendar: Calendar, found: Patterns, first: int, last: int) -> NDArray[np.float32]:
    """(n, last-first) the series' own months on those days."""
    assert found.month is not None
    return np.asarray(found.month @ calendar.month_columns[first:last].T)
