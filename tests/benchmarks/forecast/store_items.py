"""913,000 days of sales, 500 series: accuracy at four cuts, and how often demand stays within its quantiles."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from forecasting.engine import Calendar, fit_forecast
from forecasting.engine.accuracy import coverage, error_sums, measures, pinball, scales
from forecasting.engine.results import Forecast
from tests.benchmarks.forecast import rivals
from tests.benchmarks.forecast.rows import at_most, between, compared
from tests.benchmarks.report import Row
from tests.support.sales_files import STORE_ITEMS, store_items

HORIZON = 90
CUTS = (1556, 1646, 1736)
"""2017-04-06, 2017-07-05 and 2017-10-03: three quarters without a gap."""

FIRST_QUARTER = 1461
"""2017-01-01, reported apart: the year's growth slowed, and every method that extrapolates is too high."""

DAYS = (1, 7, 30, 90)

Table = dict[str, dict[str, list[float]]]


def measure(folder: Path, *, with_lightgbm: bool) -> tuple[list[Row], dict[str, Any]]:
    """The promises as rows, and the whole table."""
    demand, dates = store_items(folder / STORE_ITEMS)
    methods = _methods(with_lightgbm)
    table: Table = {}
    quantiles: list[dict[str, Any]] = []
    for cut in (*CUTS, FIRST_QUARTER):
        calendar, history = Calendar(dates[: cut + HORIZON]), demand[:, :cut]
        made = fit_forecast(history, None, calendar, None, HORIZON)
        _score(table, "engine", cut, demand, made.mean, 0.0)
        if cut in CUTS:
            quantiles.append(_quantiles(demand, cut, made))
        for name, method in methods.items():
            began = time.perf_counter()
            forecast = method(history, calendar, HORIZON)
            seconds = time.perf_counter() - began
            _score(table, name, cut, demand, forecast, seconds)
            # It takes minutes: whoever waits sees where it is.
            print(f"    {dates[cut]} {name}: {seconds:.1f} s", file=sys.stderr, flush=True)
    return _rows(table, quantiles), {
        "accuracy": _means(table),
        "quantiles": quantiles,
        "sample": _sample(demand, dates),
    }


def _methods(with_lightgbm: bool) -> dict[str, Callable[[NDArray, Calendar, int], NDArray]]:
    found: dict[str, Callable[[NDArray, Calendar, int], NDArray]] = {
        "seasonal naive": partial(rivals.baseline, "seasonal_naive"),
        "moving average 28": partial(rivals.baseline, "moving_average"),
        "exponential smoothing": partial(rivals.baseline, "exponential_smoothing"),
        "seed regression": partial(rivals.classical, "regression"),
        "log1p OLS": partial(rivals.classical, "log_regression"),
    }
    if with_lightgbm:
        found["LightGBM, global, direct"] = rivals.lightgbm
    return found


def _score(table: Table, name: str, cut: int, demand: NDArray, forecast: NDArray, seconds: float) -> None:
    scale = scales(demand[:, : min(CUTS)])
    lines = table.setdefault(name, {})
    for days in DAYS:
        found = measures(error_sums(demand[:, cut : cut + days], forecast[:, :days]), scale)
        for measure_name in ("smape", "wape", "bias", "mape", "rmsse", "mase"):
            lines.setdefault(f"{measure_name} {days}", []).append(float(getattr(found, measure_name)[0]))
    lines.setdefault("seconds", []).append(seconds)


def _means(table: Table) -> dict[str, dict[str, float]]:
    """Means over the three cuts, and the first quarter apart."""
    out: dict[str, dict[str, float]] = {}
    for name, lines in table.items():
        out[name] = {key: float(np.mean(values[: len(CUTS)])) for key, values in lines.items()}
        out[name] |= {f"q1 {key}": values[-1] for key, values in lines.items()}
    return out


def _quantiles(demand: NDArray, cut: int, made: Forecast) -> dict[str, Any]:
    """Coverage and pinball loss of ours and of the textbook's: 28-day mean, normal, independent days."""
    out: dict[str, Any] = {"cut": cut}
    history = demand[:, :cut].astype(float)
    for days in DAYS:
        actual = demand[:, cut : cut + days].sum(1)
        for level in (0.5, 0.9, 0.95, 0.99):
            own = made.quantile(days, level)
            textbook = history[:, -28:].mean(1) * days + ndtri(level) * history[:, -84:].std(1) * np.sqrt(days)
            out[f"coverage {days} {level}"] = coverage(actual, own)
            out[f"textbook coverage {days} {level}"] = coverage(actual, textbook)
            out[f"pinball {days} {level}"] = float(pinball(actual, own, level).mean())
            out[f"textbook pinball {days} {level}"] = float(pinball(actual, textbook, level).mean())
    return out


def _rows(table: Table, quantiles: list[dict[str, Any]]) -> list[Row]:
    mean = _means(table)

    def smape(name: str, days: int) -> float:
        return 100 * mean[name][f"smape {days}"]

    rows = []
    promises = {
        "seasonal naive": {7: 0.70, 30: 0.69, 90: 0.58},
        "seed regression": {7: 0.87, 30: 0.75},
        "log1p OLS": {7: 0.99, 30: 0.99, 90: 0.99},
    }
    for name, limits in promises.items():
        for days, limit in limits.items():
            rows.append(
                at_most(f"sMAPE of {days} days to {name}", smape("engine", days), "%", smape(name, days), limit)
            )
    if "LightGBM, global, direct" in mean:
        for days in (7, 30, 90):
            other = smape("LightGBM, global, direct", days)
            rows.append(compared(f"sMAPE of {days} days to LightGBM", smape("engine", days), "%", other))
    for days in (7, 30):
        covered = float(np.mean([line[f"coverage {days} 0.95"] for line in quantiles]))
        rows.append(between(f"Demand of {days} days within its 95 % quantile", 100 * covered, "%", 92, 98))
        own = float(np.mean([line[f"pinball {days} 0.95"] for line in quantiles]))
        textbook = float(np.mean([line[f"textbook pinball {days} 0.95"] for line in quantiles]))
        rows.append(at_most(f"Pinball loss at 95 %, {days} days, to textbook", own, "units", textbook, 0.8))
    return rows


def _sample(demand: NDArray, dates: NDArray) -> dict[str, list[float]]:
    """sMAPE at 1, 7, 30, 90 days of the slow methods, of ten series at the last cut."""
    from statsforecast.models import AutoETS

    rows, cut = np.linspace(0, len(demand) - 1, 10).astype(int), CUTS[-1]
    calendar = Calendar(dates[: cut + HORIZON])
    whole = fit_forecast(demand[:, :cut], None, calendar, None, HORIZON).mean[rows]
    recent = demand[rows, cut - 1095 : cut]
    made = {
        "engine": whole,
        **{name: rivals.classical(name, demand[rows, :cut], calendar, HORIZON) for name in ("sarimax", "holt_winters")},
        "AutoETS": rivals.statsforecast(AutoETS(season_length=7), recent, HORIZON),
    }
    scale = scales(demand[rows, :cut])
    return {
        name: [
            float(measures(error_sums(demand[rows, cut : cut + days], forecast[:, :days]), scale).smape[0])
            for days in DAYS
        ]
        for name, forecast in made.items()
    }
