"""Current forecasts: those of the one finished run that is shown."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from forecasting.choices import DAYS
from forecasting.errors import NoForecast
from forecasting.models import Forecast, ForecastRun
from inventory_project.kernel.access import Access

SHOWN_DAYS = (1, 7, 30)
NAMES = {
    "store_code": F("store__code"),
    "store_name": F("store__name"),
    "sku": F("product__sku"),
    "product_name": F("product__name"),
    "unit": F("product__unit"),
    "category": F("product__category__name"),
}
FIELDS = (
    *("store_id", "product_id", "first_day", "state", "method", "observed_days", "stockout_days", "lost_units"),
    *("lost_money", "units_1", "units_7", "units_14", "units_30", "low", "median", "high"),
)


def visible_to(access: Access) -> Any:
    """The current forecasts of the stores the caller may see."""
    found = Forecast.objects.filter(run__is_current=True)
    return found if access.store_ids is None else found.filter(store_id__in=access.store_ids)


def as_rows(forecasts: Any) -> Any:
    return forecasts.values(*FIELDS, **NAMES)


def current_run() -> ForecastRun | None:
    """The run that is shown; None before the first one."""
    found: ForecastRun | None = ForecastRun.objects.filter(is_current=True).first()
    return found


def find(*, store_id: int, product_id: int, access: Access) -> Forecast:
    """One forecast with its store, product and run. Raises NoForecast."""
    rows = visible_to(access).select_related("run", "store", "product", "product__category")
    found: Forecast | None = rows.filter(store_id=store_id, product_id=product_id).first()
    if found is None:
        raise NoForecast()
    return found


def describe(row: dict[str, Any]) -> dict[str, Any]:
    """A forecast as lists show it."""
    return {
        "id": f"{row['store_id']}-{row['product_id']}",
        **{name: row[name] for name in ("store_id", "store_code", "store_name", "product_id", "sku", "product_name")},
        **{name: row[name] for name in ("unit", "category", "first_day", "state", "method", "observed_days")},
        "totals": [total(row, days) for days in SHOWN_DAYS],
        "stockout_days": row["stockout_days"],
        "lost_units": round(row["lost_units"], 2),
        "lost_money": round(row["lost_money"], 2),
    }


def total(row: dict[str, Any], days: int) -> dict[str, Any]:
    """The sum of the next days with the interval that holds it 9 times in 10."""
    place = DAYS.index(days)
    return {
        "days": days,
        "units": round(row[f"units_{days}"], 3),
        **{name: round(row[name][place], 3) for name in ("low", "median", "high")},
    }
