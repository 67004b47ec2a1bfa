"""Sales to come, added up: units, and money at today's sale prices."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id


class By(StrEnum):
    DAY = "day"
    STORE = "store"
    CATEGORY = "category"
    PRODUCT = "product"


_CURRENT = "forecasting_forecastrun r ON r.organization_id = x.organization_id AND r.id = x.run_id AND r.is_current"
_STORES = (
    "x.organization_id = %(organization)s AND (%(stores)s::bigint[] IS NULL OR x.store_id = ANY(%(stores)s::bigint[]))"
)
# Groups of store and category were added up when they were forecast: a few thousand rows instead of all series.
OF_GROUPS = f"""
    SELECT x.store_id, x.category_id, NULL::bigint AS product_id, x.first_day + each.place::int - 1 AS day,
           each.units, each.revenue
      FROM forecasting_groupforecast x
      JOIN {_CURRENT}
     CROSS JOIN LATERAL unnest(x.mean[1:%(days)s], x.revenue[1:%(days)s])
                        WITH ORDINALITY AS each (units, revenue, place)
     WHERE {_STORES} AND (%(category)s::bigint IS NULL OR x.category_id = %(category)s)
"""
OF_SERIES = f"""
    SELECT x.store_id, p.category_id, x.product_id, x.first_day + each.place::int - 1 AS day,
           each.units::float8 AS units, each.units * p.sale_price::float8 AS revenue
      FROM forecasting_forecast x
      JOIN {_CURRENT}
      JOIN catalog_product p ON p.organization_id = x.organization_id AND p.id = x.product_id
     CROSS JOIN LATERAL unnest(x.mean[1:%(days)s]) WITH ORDINALITY AS each (units, place)
     WHERE {_STORES} AND (%(category)s::bigint IS NULL OR p.category_id = %(category)s)
       AND (%(products)s::bigint[] IS NULL OR x.product_id = ANY(%(products)s::bigint[]))
"""
NAMED = {
    By.DAY: ("day AS date", "", "date"),
    By.STORE: (
        "store_id, s.code AS store_code, s.name AS store",
        "JOIN stores_store s ON s.organization_id = %(organization)s AND s.id = a.store_id",
        "units DESC, store_id",
    ),
    By.CATEGORY: (
        "category_id, c.name AS category",
        "LEFT JOIN catalog_category c ON c.organization_id = %(organization)s AND c.id = a.category_id",
        "units DESC, category_id",
    ),
    By.PRODUCT: (
        "product_id, q.sku, q.name AS product",
        "JOIN catalog_product q ON q.organization_id = %(organization)s AND q.id = a.product_id",
        "units DESC, product_id",
    ),
}
KEYS = {By.DAY: "day", By.STORE: "store_id", By.CATEGORY: "category_id", By.PRODUCT: "product_id"}


def ask(
    by: By,
    *,
    days: int,
    stores: Sequence[int] | None,
    category: int | None,
    products: Sequence[int] | None,
    most: int,
) -> list[dict[str, Any]]:
    """Expected units and revenue of the next `days` days by one thing; one statement."""
    source = OF_SERIES if products is not None or by is By.PRODUCT else OF_GROUPS
    key = KEYS[by]
    names, join, order = NAMED[by]
    query = f"""
        SELECT {names}, units, revenue, first_day, last_day
          FROM (SELECT {key}, sum(units) AS units, sum(revenue) AS revenue, min(day) AS first_day, max(day) AS last_day
                  FROM ({source}) each GROUP BY {key}) a {join}
         ORDER BY {order} LIMIT %(most)s
    """
    params = {
        "organization": current_organization_id(),
        "days": days,
        "stores": stores,
        "category": category,
        "products": products,
        "most": most,
    }
    return sql.rows(query, params)
