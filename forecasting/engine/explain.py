"""Why a forecast says what it says: its factors day by day, and the history it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.engine import seasonality
from forecasting.engine.errors import EngineInputError
from forecasting.engine.panel import Panel
from forecasting.engine.results import Components, Flag, Forecast
from forecasting.engine.seasonality import Seasonality


@dataclass(frozen=True)
class Factors:
    """(H,) factors of the pooled forecast: mean = level x trend x weekday x season x events.

    `level` is units a day at the end of history, on a day without season or event; the others are 1 where they change
    nothing. `trend` is the group's growth since then.
    """

    level: NDArray[np.float64]
    trend: NDArray[np.float64]
    weekday: NDArray[np.float64]
    season: NDArray[np.float64]
    events: NDArray[np.float64]


@dataclass(frozen=True)
class Explanation:
    """One series' forecast, taken apart.

    `dates`, `mean` (H,). `method`: whose figures they are; where it is not the pooled one, `factors` still says what
    that would be made of. `average_7`, `average_28`: units a day over the last days observed. `half_life`: days after
    which demand weighs half, averaged over the levels mixed. `coefficients`: those of a regression, by name.
    """

    dates: NDArray[np.datetime64]
    mean: NDArray[np.float64]
    method: str
    flags: Flag
    average_7: float
    average_28: float
    seasons: Seasonality
    factors: Factors | None
    half_life: float | None
    coefficients: dict[str, float]


def explain(forecast: Forecast, row: int) -> Explanation:
    """The explanation of series `row` (0..N-1)."""
    panel = forecast.panel
    if not 0 <= row < panel.series:
        raise EngineInputError(f"row must be between 0 and {panel.series - 1}.")
    parts = forecast.components
    return Explanation(
        dates=panel.calendar.dates[panel.days : panel.days + forecast.horizon],
        mean=forecast.mean[row].astype(float),
        method=forecast.methods[forecast.method[row]],
        flags=Flag(int(forecast.flags[row])),
        average_7=_recent_mean(panel, row, 7),
        average_28=_recent_mean(panel, row, 28),
        seasons=seasonality.of_panel(panel, row),
        factors=None if parts is None else _factors(forecast, parts, row),
        half_life=None if parts is None else half_life(parts),
        coefficients=dict(forecast.coefficients),
    )


def _recent_mean(panel: Panel, row: int, days: int) -> float:
    demand, seen = panel.window(slice(row, row + 1), max(0, panel.days - days), panel.days)
    return float(demand.sum(dtype=float) / max(int(seen.sum()), 1))


def _factors(forecast: Forecast, parts: Components, row: int) -> Factors:
    panel = forecast.panel
    ahead = slice(panel.days, panel.days + forecast.horizon)
    shared = parts.profiles.factors(panel.group[row : row + 1])
    own = np.zeros(forecast.horizon)
    if parts.own_year is not None and parts.month is not None:
        own = float(parts.own_year[row]) * parts.month[row, panel.calendar.month[ahead]].astype(float)
    plain = float(parts.level[row])
    level = plain + (0.0 if parts.own_year is None else float(parts.own_year[row]))
    deviation = (plain + own) / level if level > 0 else np.ones(forecast.horizon)
    annual = shared["annual"][0]
    usual = float(annual[max(0, panel.days - 364) : panel.days].mean())
    return Factors(
        level=np.full(forecast.horizon, level / float(shared["scale"][0]) * usual),
        trend=shared["trend"][0, ahead],
        weekday=parts.weekday[row, panel.calendar.weekday[ahead]].astype(float),
        season=annual[ahead] / usual * deviation,
        events=shared["events"][0, ahead],
    )


def half_life(parts: Components) -> float:
    """Geometric mean of the half-lives by their weights."""
    count = len(parts.half_lives)
    weight = parts.weights[:count] + (parts.weights[count:] if len(parts.weights) > count else 0)
    return float(np.exp((weight * np.log(parts.half_lives)).sum()))
