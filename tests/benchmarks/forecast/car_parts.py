"""2,509 spare parts, 51 months, three in four without a sale: squared errors beside the specialists' methods."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.engine import Calendar, fit_forecast
from tests.benchmarks.forecast import rivals
from tests.benchmarks.forecast.rows import at_most
from tests.benchmarks.report import Row
from tests.support.sales_files import CAR_PARTS, car_parts

AHEAD = 6
CUTS = (39, 45)
HALF_LIVES = (2, 3, 4, 6, 9, 12, 18, 24, 1000)
ORIGINS = (6, 12, 18)
SPECIALISTS = ("moving average of 12 months", "SES optimised", "SES of the engine's module", "IMAPA")


def measure(folder: Path) -> tuple[list[Row], dict[str, Any]]:
    """The promise as a row, and every method's pooled squared error."""
    demand = car_parts(folder / CAR_PARTS)
    squared: dict[str, float] = {}
    for cut in CUTS:
        came = demand[:, cut : cut + AHEAD]
        for name, made in _made(demand[:, :cut]).items():
            squared[name] = squared.get(name, 0.0) + float(((made - came) ** 2).sum())
    best = min(SPECIALISTS, key=lambda name: squared[name])
    rows = [at_most(f"Squared error on car parts to {best}", squared["engine"], "", squared[best], 1.02)]
    for name in ("Croston optimised", "SBA", "TSB"):
        rows.append(at_most(f"Squared error on car parts to {name}", squared["engine"], "", squared[name], 1.0))
    return rows, squared


def _made(history: NDArray[np.float64]) -> dict[str, NDArray]:
    from statsforecast.models import IMAPA, TSB, CrostonOptimized, CrostonSBA, SimpleExponentialSmoothingOptimized

    others = {
        "SES optimised": SimpleExponentialSmoothingOptimized(),
        "IMAPA": IMAPA(),
        "Croston optimised": CrostonOptimized(),
        "SBA": CrostonSBA(),
        "TSB": TSB(0.1, 0.1),
    }
    calendar = Calendar.periods(history.shape[1] + AHEAD)
    own = fit_forecast(history, None, calendar, None, AHEAD, half_lives=HALF_LIVES, origins=ORIGINS)
    return {
        "engine": own.mean,
        "engine, settings for days": fit_forecast(history, None, calendar, None, AHEAD).mean,
        "moving average of 12 months": np.repeat(history[:, -12:].mean(1, keepdims=True), AHEAD, axis=1),
        "SES of the engine's module": rivals.baseline("exponential_smoothing", history, calendar, AHEAD),
        **{name: rivals.statsforecast(model, history, AHEAD) for name, model in others.items()},
    }
