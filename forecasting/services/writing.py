"""A chunk's figures into the tables, set by set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.services import copying
from forecasting.services.figures import METHODS, STATES, Figures
from inventory_project.kernel import sql

DAY_ZERO = "date '2000-01-01'"
WORDS: dict[str, Sequence[str]] = {"state": STATES, "method": METHODS}
REALS = frozenset({"mean", "low", "median", "high", "variance", "weekday", "tested"})
REAL = frozenset({"level", "trend", "season", "average_7", "average_28", "weekly_strength", "yearly_strength"})

FORECASTS = """
    INSERT INTO forecasting_forecast (organization_id, run_id, chunk_id, {names})
    SELECT %(organization)s, %(run)s, %(chunk)s, {values}
      FROM forecasts_given g
      -- A store or product that was removed meanwhile takes its forecast with it.
      JOIN stores_store s ON s.organization_id = %(organization)s AND s.id = g.store_id
      JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = g.product_id
     ORDER BY g.store_id, g.product_id
"""
GROUPS = """
    INSERT INTO forecasting_groupforecast
           (organization_id, run_id, chunk_id, place, store_id, category_id, first_day, series, mean, revenue)
    SELECT %(organization)s, %(run)s, %(chunk)s, g.place, g.store_id, c.id, {zero} + g.first_day, g.series,
           g.mean, g.revenue
      FROM groups_given g
      JOIN stores_store s ON s.organization_id = %(organization)s AND s.id = g.store_id
      LEFT JOIN catalog_category c ON c.organization_id = %(organization)s AND c.id = g.category_id
     ORDER BY g.place
"""


def put(
    figures: Figures,
    *,
    stores: NDArray[np.int64],
    products: NDArray[np.int64],
    categories: NDArray[np.int64],
    **ids: int,
) -> None:
    """Write the rows of one chunk; `ids` are organization, run and chunk."""
    columns = {"store_id": stores, "product_id": products, **figures.series}
    copying.fill("forecasts_given", {name: _sent(name, values) for name, values in columns.items()})
    names = ", ".join(columns)
    values = ", ".join(_taken(name) for name in columns)
    sql.rows(FORECASTS.format(names=names, values=values), ids)
    first = figures.groups["row"]
    groups = {
        "place": np.arange(len(first), dtype=np.int32),
        "store_id": stores[first],
        "category_id": categories[first],
        "first_day": figures.series["first_day"][first],
        **{name: values for name, values in figures.groups.items() if name != "row"},
    }
    copying.fill("groups_given", groups)
    sql.rows(GROUPS.format(zero=DAY_ZERO), ids)


def _sent(name: str, values: NDArray[Any]) -> NDArray[Any]:
    """A column in the type its field has."""
    if name in REALS or name in REAL:
        return values.astype(np.float32)
    return values.astype(np.float64) if values.dtype.kind == "f" else values


def _taken(name: str) -> str:
    if name in WORDS:
        words = ", ".join(f"'{word}'" for word in WORDS[name])
        return f"(ARRAY[{words}])[g.{name} + 1]"
    if name == "first_day":
        return f"{DAY_ZERO} + g.first_day"
    return f"NULLIF(g.{name}, 'NaN')" if name.startswith("scale_") else f"g.{name}"
