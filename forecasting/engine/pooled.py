"""Pooled Gamma-Poisson smoothing: the engine's own method, for any number of series at once.

    mean_i(c + j) = level_i x weekday_i x shape_g(c + j)

1. Profiles of the groups: trend, week, year, events (`profiles`).
2. Each series' own week, and with two years its own year, drawn toward its group's (`levels`, `shrinkage`).
3. Levels at nine half-lives (`levels`), mixed by weights all series vote on in a rolling-origin backtest (`weights`).
4. Where a baseline was better in most windows of the backtest and clearly so in all, its figure is used (`selection`).
5. Quantiles of sums from the backtest's errors (`calibration`).

Closed form throughout, a few matrix products a chunk of series. The same input gives the same bits on one machine. The
panel is read twice and never copied whole; results take about 1.5 kB a series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from forecasting.engine import design, dispersion, flags, levels, profiles, selection, weights
from forecasting.engine.backtest import Backtest, windows
from forecasting.engine.calendar import Calendar
from forecasting.engine.cores import each, products_on_one_core
from forecasting.engine.errors import EngineInputError
from forecasting.engine.panel import CHUNK, Chunk, Panel, panel_of
from forecasting.engine.profiles import Profiles
from forecasting.engine.results import POOLED, Components, Forecast

HALF_LIVES = (7.0, 10.0, 14.0, 20.0, 28.0, 56.0, 112.0, 224.0, 1000.0)
"""Days after which demand weighs half as much."""

_OWN_YEAR_NEEDS_DAYS = 730
_SAMPLE = 4096


@dataclass
class _Cut:
    """Everything known at one cut, series filled in chunk by chunk."""

    cut: int
    profiles: Profiles
    spreads: levels.Spreads
    values: NDArray[np.float32]
    path: NDArray[np.float32]
    weekday: NDArray[np.float32]
    own_year: NDArray[np.float32] | None
    month: NDArray[np.float32] | None

    @property
    def ahead(self) -> int:
        return self.path.shape[1]

    def own_year_path(self, calendar: Calendar) -> NDArray[np.float32] | None:
        if self.month is None:
            return None
        return np.asarray(self.month @ calendar.month_columns[self.cut : self.cut + self.ahead].T)


def fit_forecast(
    demand: ArrayLike,
    mask: ArrayLike | None,
    calendar: Calendar,
    group: ArrayLike | None,
    horizon: int,
    *,
    origins: Sequence[int] | None = None,
    half_lives: Sequence[float] = HALF_LIVES,
    baselines: Sequence[str] = ("seasonal_naive", "moving_average"),
    seed: int = 1,
    chunk: int = CHUNK,
    threads: int = 1,
) -> Forecast:
    """Expected demand of the `horizon` days after the last one of `demand`, with what is needed for quantiles.

    `demand`: (N, T) units a day, float32; NaN is not observed. `mask`: (N, T), False where the day says nothing about
    demand (closed, sold out, before the launch); None: every finite day counts. `calendar`: T + horizon days and events
    known ahead. `group`: (N,) whole numbers, equal for series that share trend, season and events, such as store and
    category. `origins`: days before the end of history at which the backtest's windows begin. `baselines`: which simple
    forecasts may replace the pooled one where they win; () for none. `threads`: how many chunks to work on at once;
    the figures do not depend on it.
    Raises EngineInputError when the arrays do not fit together. Any finite or missing demand gives a finite forecast.
    """
    panel = panel_of(demand, mask, calendar, group, horizon)
    with products_on_one_core():
        return _fitted(panel, horizon, origins, half_lives, tuple(baselines), seed, chunk, threads)


def _fitted(
    panel: Panel,
    horizon: int,
    origins: Sequence[int] | None,
    half_lives: Sequence[float],
    baselines: tuple[str, ...],
    seed: int,
    chunk: int,
    threads: int,
) -> Forecast:
    speeds = _checked_half_lives(half_lives)
    cuts, ahead = windows(panel.days, horizon, _checked_origins(origins))
    tested = np.empty((len(cuts), panel.series, ahead), np.float32)
    paths = [np.empty((panel.series, horizon), np.float32), *tested]
    states = _prepared(panel, [panel.days, *cuts], paths, len(speeds), chunk)
    votes = np.zeros(_candidate_count(states[0], speeds))
    voters = 0
    for cast, count in each(
        lambda rows: _fill(panel, panel.chunk(rows), states, speeds), panel.chunk_rows(chunk), threads
    ):
        votes, voters = votes + cast, voters + count
    mix = weights.pooled(votes, voters) if voters else _untested(states[0], speeds, panel.days)
    return _assembled(panel, states, mix, speeds, tested, baselines, seed, threads)


def _checked_half_lives(half_lives: Sequence[float]) -> NDArray[np.float64]:
    speeds = np.sort(np.asarray(half_lives, float))
    if speeds.ndim != 1 or not speeds.size or not (np.isfinite(speeds) & (speeds > 0)).all():
        raise EngineInputError("half_lives must be positive numbers of days.")
    return speeds


def _checked_origins(origins: Sequence[int] | None) -> tuple[int, ...] | None:
    if origins is None or not len(origins):
        return None
    if any(int(origin) != origin or origin < 1 for origin in origins):
        raise EngineInputError("origins must be whole numbers of days before the end of history.")
    return tuple(int(origin) for origin in origins)


def _prepared(panel: Panel, cuts: list[int], paths: list[NDArray[np.float32]], speeds: int, chunk: int) -> list[_Cut]:
    """Profiles and pooled constants of every cut, and room for the series' numbers."""
    designs = [design.design(panel.calendar, cut, path.shape[1]) for cut, path in zip(cuts, paths, strict=True)]
    found = profiles.fit(panel, designs, chunk)
    sample = panel.sample(_SAMPLE)
    squares, sums = dispersion.by_cut(sample, cuts, panel.calendar.season)
    typical = dispersion.pooled(squares, sums)
    months = panel.calendar.yearly and min(cuts) >= _OWN_YEAR_NEEDS_DAYS
    states = []
    for at, (cut, path) in enumerate(zip(cuts, paths, strict=True)):
        phi = dispersion.of_series(squares[:, at], sums[:, at], float(typical[at]))
        learned = levels.spreads(sample, panel.calendar, found[at], phi, months=months, typical=float(typical[at]))
        states.append(_empty(cut, path, found[at], learned, speeds))
    return states


def _empty(cut: int, path: NDArray[np.float32], found: Profiles, learned: levels.Spreads, speeds: int) -> _Cut:
    def room(width: int) -> NDArray[np.float32]:
        return np.empty((len(path), width), np.float32)

    months = learned.month is not None
    own_year, month = (room(speeds), room(12)) if months else (None, None)
    return _Cut(cut, found, learned, room(speeds), path, room(7), own_year, month)


def _candidate_count(state: _Cut, speeds: NDArray[np.float64]) -> int:
    return len(speeds) * (1 if state.own_year is None else 2)


def _fill(
    panel: Panel, part: Chunk, states: list[_Cut], speeds: NDArray[np.float64]
) -> tuple[NDArray[np.float64], int]:
    """The chunk's numbers at every cut; what its series vote, and how many of them do."""
    calendar = panel.calendar
    squares, sums = dispersion.by_cut(part, [state.cut for state in states], calendar.season)
    errors = np.zeros((len(part.rows), _candidate_count(states[0], speeds)))
    for at, state in enumerate(states):
        phi = dispersion.of_series(squares[:, at], sums[:, at], state.spreads.dispersion)
        found = levels.patterns(part, calendar, state.profiles, phi, state.spreads)
        made = levels.levels(part, calendar, state.cut, found, speeds)
        path = levels.path(part.local, calendar, found, state.cut, state.cut + state.ahead)
        _keep(state, part.rows, made, path)
        if at:
            errors += _window_errors(part, state, calendar, made, path)
    return weights.relative(errors)


def _keep(state: _Cut, rows: NDArray[np.intp], made: levels.Levels, path: NDArray[np.float32]) -> None:
    state.values[rows] = made.values
    state.path[rows] = path
    state.weekday[rows] = made.patterns.weekday
    if state.own_year is not None and state.month is not None:
        state.own_year[rows] = made.own_year
        state.month[rows] = made.patterns.month


def _window_errors(
    part: Chunk, state: _Cut, calendar: Calendar, made: levels.Levels, path: NDArray[np.float32]
) -> NDArray[np.float64]:
    days = slice(state.cut, state.cut + state.ahead)
    actual = part.demand[:, days]
    seen = np.ones(actual.shape, bool) if part.observed is None else part.observed[:, days] > 0
    months = None
    if made.patterns.month is not None:
        months = levels.month_path(calendar, made.patterns, days.start, days.stop)
    return weights.squared_errors(made, path, months, actual, seen)


def _untested(state: _Cut, speeds: NDArray[np.float64], days: int) -> NDArray[np.float64]:
    usual = weights.untested(speeds, days)
    return usual if state.own_year is None else np.concatenate([usual, usual]) / 2


def _combined(
    state: _Cut, calendar: Calendar, mix: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32] | None]:
    """(N, ahead) mean, in the room of the path, and the mixed levels without and with the own year."""
    count = state.values.shape[1]
    level = state.values @ mix[:count].astype(np.float32)
    if state.own_year is None:
        state.path *= level[:, None]
        return state.path, level, None
    own = state.own_year @ mix[count:].astype(np.float32)
    months = state.own_year_path(calendar)
    assert months is not None
    months *= own[:, None]
    months += level[:, None]
    state.path *= months
    return state.path, level, own


def _assembled(
    panel: Panel,
    states: list[_Cut],
    mix: NDArray[np.float64],
    speeds: NDArray[np.float64],
    tested: NDArray[np.float32],
    baselines: tuple[str, ...],
    seed: int,
    threads: int,
) -> Forecast:
    mean, level, own_year = _combined(states[0], panel.calendar, mix)
    for state in states[1:]:
        _combined(state, panel.calendar, mix)
    backtest = Backtest(panel, tuple(state.cut for state in states[1:]), tested)
    method = selection.choose(mean, backtest, baselines, threads)
    now = states[0]
    parts = Components(level, own_year, now.weekday, now.month, now.profiles, speeds, mix)
    return Forecast(mean, panel, flags.of(panel), (POOLED, *baselines), method, backtest, parts, seed=seed)
