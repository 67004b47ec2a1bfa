"""The same product by another method, made on demand: to look at beside the forecast, and to choose by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from forecasting.engine import Calendar, classical
from forecasting.engine.baselines import BASELINES
from forecasting.errors import TooSlow
from forecasting.models import Forecast
from forecasting.selectors import panels

METHODS = (*classical.METHODS, *BASELINES)
SECONDS = 8.0
"""What a request may take; the slowest methods take seconds."""

SHOWN = (1, 7, 30)


def by(method: str, forecast: Forecast) -> dict[str, Any]:
    """What `method` says of the product and store of a forecast; the method used is another where history is too short.

    Raises TooSlow.
    """
    days = int(forecast.run.parameters["history_days"])
    first, last = forecast.first_day - timedelta(days=days), forecast.first_day - timedelta(days=1)
    store, product = np.array([forecast.store_id]), np.array([forecast.product_id])
    panel = panels.read(stores=store, products=product, group=np.zeros(1, np.int64), first=first, last=last)
    calendar = Calendar.daily(panel.first.isoformat(), panel.days + max(SHOWN))
    try:
        made = classical.forecast_one(method, panel.demand[0], panel.mask[0], calendar, max(SHOWN), seconds=SECONDS)
    except classical.TooLate as error:
        raise TooSlow() from error
    tested = made.backtest.accuracy()
    return {
        "method": method,
        "method_used": made.methods[made.method[0]],
        "totals": [_total(made, days) for days in SHOWN],
        "days": [
            {"date": forecast.first_day + timedelta(days=place), "units": round(float(value), 3)}
            for place, value in enumerate(made.mean[0])
        ],
        "coefficients": {name: round(value, 5) for name, value in made.coefficients.items()},
        "wape": _share(tested.wape),
        "bias": _share(tested.bias),
    }


def _total(made: Any, days: int) -> dict[str, Any]:
    low, median, high = made.quantile(days, (0.05, 0.5, 0.95))[0]
    found = {"units": made.total(days)[0], "low": low, "median": median, "high": high}
    return {"days": days, **{name: round(float(value), 3) for name, value in found.items()}}


def _share(values: Any) -> float | None:
    return round(float(values[0]), 4) if len(values) and np.isfinite(values[0]) else None
