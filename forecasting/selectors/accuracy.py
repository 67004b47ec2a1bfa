"""How good forecasts are: in tests on the past, by product, store or all together; and, as days come, in earnest."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from forecasting.models import ForecastOutcome
from forecasting.selectors import measures
from inventory_project.kernel import sql
from inventory_project.kernel.access import Access
from inventory_project.kernel.tenancy import current_organization_id


class By(StrEnum):
    ORGANIZATION = "organization"
    STORE = "store"
    PRODUCT = "product"
    TIME = "time"


KEYS = {By.ORGANIZATION: "NULL::bigint", By.STORE: "f.store_id", By.PRODUCT: "f.product_id"}
NAMED = {
    By.ORGANIZATION: ("", ""),
    By.STORE: (
        ", s.code AS store_code, s.name AS store_name",
        "JOIN stores_store s ON s.organization_id = %(organization)s AND s.id = m.key",
    ),
    By.PRODUCT: (
        ", p.sku, p.name AS product_name",
        "JOIN catalog_product p ON p.organization_id = %(organization)s AND p.id = m.key",
    ),
}
TESTED = """
    SELECT m.* {names}
      FROM (SELECT {key} AS key, sum(test_absolute) AS off, {measures}
              FROM forecasting_forecast f
              JOIN forecasting_forecastrun r
                ON r.organization_id = f.organization_id AND r.id = f.run_id AND r.is_current
              JOIN stores_store shop ON shop.organization_id = f.organization_id AND shop.id = f.store_id
             WHERE f.organization_id = %(organization)s
               AND (%(stores)s::bigint[] IS NULL OR f.store_id = ANY(%(stores)s::bigint[]))
               AND (%(products)s::bigint[] IS NULL OR f.product_id = ANY(%(products)s::bigint[]))
             GROUP BY 1) m {join}
     ORDER BY m.off DESC NULLS LAST, m.key LIMIT %(most)s
"""


def tested(
    by: By, *, stores: Sequence[int] | None, products: Sequence[int] | None, most: int, baseline: str
) -> list[dict[str, Any]]:
    """Measures of the current run's tests, where most units are off first; one statement."""
    names, join = NAMED[by]
    query = TESTED.format(key=KEYS[by], names=names, join=join, measures=measures.MEASURES)
    params = {"organization": current_organization_id(), "stores": stores, "products": products, "most": most}
    rows = sql.rows(query, params)
    return [{**_name(by, row), **measures.shown(row, baseline=baseline)} for row in rows]


def _name(by: By, row: dict[str, Any]) -> dict[str, Any]:
    if by is By.STORE:
        return {"store_id": row["key"], "store_code": row["store_code"], "store_name": row["store_name"]}
    if by is By.PRODUCT:
        return {"product_id": row["key"], "sku": row["sku"], "product_name": row["product_name"]}
    return {}


HAPPENED = """
    SELECT first_day, sum(series)::int AS series, sum(units) AS units, sum(forecast) AS forecast,
           sum(absolute) / nullif(sum(units), 0) AS wape,
           (sum(forecast) - sum(units)) / nullif(sum(units), 0) AS bias,
           sum(covered)::float8 / nullif(sum(series) FILTER (WHERE covered IS NOT NULL), 0) AS coverage
      FROM forecasting_forecastoutcome
     WHERE organization_id = %(organization)s AND days = %(days)s
       AND (%(stores)s::bigint[] IS NULL OR store_id = ANY(%(stores)s::bigint[]))
     GROUP BY first_day ORDER BY first_day DESC LIMIT %(most)s
"""


def over_time(*, days: int, stores: Sequence[int] | None, most: int) -> list[dict[str, Any]]:
    """Forecasts made then for so many days together, beside what happened; the newest first, one statement."""
    params = {"organization": current_organization_id(), "days": days, "stores": stores, "most": most}
    return [
        {
            "first_day": row["first_day"],
            "days": days,
            "series": row["series"],
            "units": round(row["units"], 2),
            "forecast": round(row["forecast"], 2),
            "wape": _rounded(row["wape"]),
            "bias": _rounded(row["bias"]),
            "coverage_95": _rounded(row["coverage"]),
        }
        for row in sql.rows(HAPPENED, params)
    ]


def outcomes_visible_to(access: Access) -> Any:
    rows = ForecastOutcome.objects.all()
    return rows if access.store_ids is None else rows.filter(store_id__in=access.store_ids)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
