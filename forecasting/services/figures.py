"""From a chunk's panel to the figures that are kept: the engine asked, its answer as columns of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.choices import DAYS, LEVELS, SPREAD_DAYS, Method, State
from forecasting.engine import Calendar, Flag, Forecast, facts, fit_forecast, seasonality
from forecasting.engine.flags import LEAST_DAYS
from forecasting.engine.results import POOLED
from forecasting.engine.sums import Spread
from forecasting.selectors.panels import Panel

BASELINES = ("seasonal_naive", "moving_average")
BASELINE = "seasonal_naive"
"""What every forecast is shown beside: the same day of the week before."""

SHORT_DAYS = 28
LOST_DAYS = 30
STATES, METHODS = list(State), list(Method)

Columns = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is written of a chunk: `series` columns of N rows, `groups` of G rows, facts of all together."""

    series: dict[str, NDArray[Any]]
    groups: dict[str, NDArray[Any]]
    spread: dict[str, Any]
    pooled: dict[str, Any]


def of(
    panel: Panel, group: NDArray[np.int64], prices: NDArray[np.float64], *, horizon: int, seed: int, threads: int = 1
) -> Figures:
    """`group` (N,) 0..G-1, in order; `prices` (N,) sale price of a unit."""
    observed = panel.mask.sum(1)
    few = observed < LEAST_DAYS
    # Of fewer days no figure is the series' own: the group speaks alone.
    mask = panel.mask & ~few[:, None]
    calendar = Calendar.daily(panel.first.isoformat(), panel.days + horizon)
    made = fit_forecast(panel.demand, mask, calendar, group, horizon, baselines=BASELINES, seed=seed, threads=threads)
    series = {
        "first_day": np.full(len(group), _days_of(panel.first + timedelta(days=panel.days)), np.int32),
        "state": _states(made, observed),
        "method": _methods(made, few),
        "flags": made.flags.astype(np.int16),
        "observed_days": observed.astype(np.int32),
        "mean": made.mean,
        **_sums(made),
        **_reasons(made, panel, mask, calendar),
        **_lost(made, panel, prices, few),
        **_tested(made),
    }
    groups = _groups(made, group, prices)
    reasons = {"half_life": series.pop("half_life")[0].item(), "windows": len(made.backtest.cuts)}
    return Figures(series, groups, Spread.of(made, SPREAD_DAYS).as_json(), reasons)


def _days_of(day: date) -> int:
    """A date as PostgreSQL sends it: days since 2000."""
    return day.toordinal() - date(2000, 1, 1).toordinal()


def _states(made: Forecast, observed: NDArray[np.int64]) -> NDArray[np.int16]:
    never = (made.flags & Flag.NEVER_SOLD) > 0
    found = np.full(len(observed), STATES.index(State.OK), np.int16)
    found[observed < SHORT_DAYS] = STATES.index(State.SHORT_HISTORY)
    found[never] = STATES.index(State.NO_SALES)
    found[observed < LEAST_DAYS] = STATES.index(State.TOO_LITTLE_HISTORY)
    found[observed == 0] = STATES.index(State.GROUP_ONLY)
    return found


def _methods(made: Forecast, few: NDArray[np.bool_]) -> NDArray[np.int16]:
    names = [Method.POOLED if name == POOLED else Method(name) for name in made.methods]
    found = np.array([METHODS.index(name) for name in names], np.int16)[made.method]
    found[few] = METHODS.index(Method.GROUP)
    return found


def _sums(made: Forecast) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {f"units_{days}": made.total(days) for days in DAYS}
    quantiles = np.stack([made.quantile(days, LEVELS) for days in DAYS], axis=1)
    for place, name in enumerate(("low", "median", "high")):
        found[name] = quantiles[:, :, place]
    found["variance"] = np.stack([made.uncertainty(days).variance(made.total(days)) for days in SPREAD_DAYS], axis=1)
    return found


def _reasons(made: Forecast, panel: Panel, mask: NDArray[np.bool_], calendar: Calendar) -> dict[str, NDArray[Any]]:
    why = facts.reasons(made)
    seasons = seasonality.detect(panel.demand, mask, calendar)
    assert made.components is not None
    return {
        "level": why.level,
        "trend": why.trend,
        "season": why.season,
        "weekday": made.components.weekday,
        "average_7": why.average_7,
        "average_28": why.average_28,
        "half_life": np.full(panel.demand.shape[0], why.half_life),
        "weekly_strength": seasons.weekly.strength,
        "yearly_strength": seasons.yearly.strength,
        "weekly_found": seasons.weekly.found,
        "yearly_found": seasons.yearly.found,
    }


def _lost(made: Forecast, panel: Panel, prices: NDArray[np.float64], few: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    """What would have sold in the last days on those that were sold out, less what was."""
    first = max(0, panel.days - LOST_DAYS)
    out = panel.sold_out[:, first:]
    days = out.sum(1)
    lost = np.zeros(len(days))
    rows = np.flatnonzero((days > 0) & ~few)
    if rows.size:
        wanted = facts.expected(made, rows, first, panel.days)
        missed = np.maximum(wanted - panel.demand[rows, first:], 0)
        lost[rows] = np.where(out[rows], missed, 0).sum(1)
    return {"stockout_days": days.astype(np.int16), "lost_units": lost, "lost_money": lost * prices}


def _tested(made: Forecast) -> dict[str, NDArray[Any]]:
    found = facts.tested(made, BASELINE)
    own, base = found.own, found.base
    back = made.backtest
    newest = back.forecast[0] if back.cuts else None
    return {
        "tested": np.zeros((made.panel.series, 0), np.float32) if newest is None else newest,
        "test_days": own.days,
        "test_units": own.units,
        "test_forecast": own.forecast,
        "test_absolute": own.absolute,
        "test_squared": own.squared,
        "test_symmetric": own.symmetric,
        "test_percentage": own.percentage,
        "test_selling_days": own.selling_days,
        "base_forecast": base.forecast,
        "base_absolute": base.absolute,
        "base_squared": base.squared,
        "base_symmetric": base.symmetric,
        "base_percentage": base.percentage,
        "scale_absolute": found.scales.absolute,
        "scale_squared": found.scales.squared,
        "windows": found.windows,
        "covered": found.covered,
        "pinball": found.pinball,
        "base_pinball": found.base_pinball,
    }


def _groups(made: Forecast, group: NDArray[np.int64], prices: NDArray[np.float64]) -> dict[str, NDArray[Any]]:
    """Sums of the groups' series, which come beside each other."""
    first = np.flatnonzero(np.diff(group, prepend=-1))
    mean = made.mean.astype(float)
    return {
        "row": first,
        "series": np.diff(np.append(first, len(group))).astype(np.int32),
        "mean": np.add.reduceat(mean, first, axis=0),
        "revenue": np.add.reduceat(mean * prices[:, None], first, axis=0),
    }
