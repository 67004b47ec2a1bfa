"""Why a forecast says what it says, in numbers and in plain sentences, beside how it would have done of late."""

from __future__ import annotations

import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.choices import Method, State
from forecasting.models import Forecast, ForecastChunk
from forecasting.selectors import measures
from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SIMPLE = {
    Method.SEASONAL_NAIVE: "repeating the last week",
    Method.MOVING_AVERAGE: "the average of the last 28 days",
}
OF_STATE = {
    State.TOO_LITTLE_HISTORY: "Only {days} of the 7 days needed are known, so the figure is not this product's own: it "
    "is what products of its category usually sell in this store.",
    State.GROUP_ONLY: "Nothing is known of this product in this store yet. The figure is what products of its category "
    "usually sell there.",
    State.NO_SALES: "It was for sale on {days} days, and nothing was sold.",
    State.SHORT_HISTORY: "Only {days} days are known, so the figure still leans on the products of its category.",
}
NOTICEABLE = 0.03


def components(forecast: Forecast) -> dict[str, Any]:
    """The parts: about level x trend x weekday x season is a day's figure."""
    chunk = ForecastChunk.objects.filter(pk=forecast.chunk_id).values_list("pooled", flat=True).first() or {}
    return {
        "level": _number(forecast.level),
        "trend_30_days": _number(forecast.trend),
        "season_30_days": _number(forecast.season),
        "weekdays": {name: _number(value) for name, value in zip(WEEKDAYS, forecast.weekday, strict=True)},
        "average_7_days": _number(forecast.average_7),
        "average_28_days": _number(forecast.average_28),
        "weekly_pattern": {"found": forecast.weekly_found, "strength": _number(forecast.weekly_strength)},
        "yearly_pattern": {"found": forecast.yearly_found, "strength": _number(forecast.yearly_strength)},
        "half_life_days": _number(chunk.get("half_life")),
        "windows_tested": chunk.get("windows", 0),
    }


def sentences(forecast: Forecast) -> list[str]:
    """What a shopkeeper should know of this figure."""
    said = [OF_STATE[State(forecast.state)].format(days=forecast.observed_days)] if forecast.state in OF_STATE else []
    if forecast.state in (State.OK, State.SHORT_HISTORY):
        said += [_of_method(forecast), *_of_week(forecast), *_of_change(forecast)]
    if forecast.stockout_days:
        units = f"{forecast.lost_units:.1f}".rstrip("0").rstrip(".")
        said.append(
            f"It was sold out on {forecast.stockout_days} of the last 30 days; about {units} more would have been sold."
            " Those days do not lower the forecast."
        )
    return [each for each in said if each]


def _of_method(forecast: Forecast) -> str:
    if forecast.method in SIMPLE:
        what = SIMPLE[Method(forecast.method)]
        return f"In tests on past weeks {what} came closer than the full model, so that is used here."
    own, base, units = forecast.test_absolute, forecast.base_absolute, forecast.test_units
    if not units:
        return "There is too little history yet to test the forecast on."
    return (
        f"In tests on past weeks the daily figure was off by {own / units:.0%} of what was sold; repeating the last "
        f"week would have been off by {base / units:.0%}."
    )


def _of_week(forecast: Forecast) -> list[str]:
    if not forecast.weekly_found or forecast.method == Method.MOVING_AVERAGE:
        return []
    best, worst = int(np.argmax(forecast.weekday)), int(np.argmin(forecast.weekday))
    return [
        f"It sells best on {WEEKDAYS[best]}s ({forecast.weekday[best] - 1:+.0%}) and least on {WEEKDAYS[worst]}s "
        f"({forecast.weekday[worst] - 1:+.0%})."
    ]


def _of_change(forecast: Forecast) -> list[str]:
    if forecast.method != Method.POOLED:
        return []
    said = []
    if abs(forecast.trend - 1) >= NOTICEABLE:
        word = "growing" if forecast.trend > 1 else "falling"
        said.append(f"Its category is {word}: {forecast.trend - 1:+.0%} in the next 30 days.")
    if abs(forecast.season - 1) >= NOTICEABLE:
        said.append(f"The time of the year is worth {forecast.season - 1:+.0%} in the next 30 days.")
    return said


OF_ONE = f"""
    SELECT {measures.MEASURES}
      FROM forecasting_forecast f
      JOIN stores_store s ON s.organization_id = f.organization_id AND s.id = f.store_id
     WHERE f.organization_id = %(organization)s AND f.run_id = %(run)s AND f.store_id = %(store)s
       AND f.product_id = %(product)s
"""


def accuracy(forecast: Forecast, *, baseline: str) -> dict[str, Any]:
    """How far off the tests on past days were, beside the baseline's: shares, not percent; null where unknown. One
    statement: the measures of one series are those of any set of them."""
    params: dict[str, Any] = {"organization": forecast.organization_id, "run": forecast.run_id}
    params |= {"store": forecast.store_id, "product": forecast.product_id}
    shown = measures.shown(sql.rows(OF_ONE, params)[0], baseline=baseline)
    names = ("units_tested", *measures.NAMES, "coverage_95", "pinball_95", "baseline")
    return {"days_tested": int(forecast.test_days), **{name: shown[name] for name in names}}


def backtest(forecast: Forecast) -> dict[str, Any]:
    """The newest test: what would have been said of the last days, beside what was sold on them. One statement."""
    made: list[float] = forecast.tested or []
    first = forecast.first_day - timedelta(days=len(made))
    actual = sold(forecast.store_id, forecast.product_id, first, len(made))
    return {
        "first_day": first if made else None,
        "days": [
            {"date": first + timedelta(days=place), "forecast": _number(said), "actual": _number(actual[place])}
            for place, said in enumerate(made)
        ],
    }


def sold(store_id: int, product_id: int, first: date, days: int) -> NDArray[np.float64]:
    """Units sold a day of one series, by the ledger and, where it knows nothing of a day, by history files."""
    out = np.zeros(days)
    params: dict[str, Any] = {"organization": current_organization_id(), "store": store_id, "product": product_id}
    params |= {"first": first, "last": first + timedelta(days=days - 1)}
    for row in sql.rows(sql.statement(SQL / "days_sold.sql"), params) if days else []:
        out[(row["date"] - first).days] = row["units"]
    return out


def days_ahead(forecast: Forecast, days: int) -> list[dict[str, Any]]:
    return [
        {"date": forecast.first_day + timedelta(days=place), "units": round(value, 3)}
        for place, value in enumerate(forecast.mean[:days])
    ]


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(float(value), 4)
