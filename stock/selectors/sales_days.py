"""Days sold of single products in single stores, newest first, by pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id
from stock.selectors.sales_periods import Period

SQL = Path(__file__).resolve().parent.parent / "sql"
# Rows of the newest days usually fill a page; only a quiet shop's page reads the whole period.
FIRST_LOOK = timedelta(days=6)
Edge = tuple[date, int, int]
"""The day, store and product of the last row seen."""


@dataclass(frozen=True, slots=True)
class DaysQuestion:
    """`store_ids` and `product_ids` None: all."""

    period: Period
    store_ids: list[int] | None
    product_ids: list[int] | None


def page(question: DaysQuestion, *, after: Edge | None, most: int) -> list[dict[str, Any]]:
    """At most two statements."""
    newest = min(after[0], question.period.last_day) if after else question.period.last_day
    first_day = question.period.first_day
    look_from = max(first_day, newest - FIRST_LOOK)
    rows = _rows(question, look_from, newest, after, most)
    if len(rows) < most and look_from > first_day:
        rows = _rows(question, first_day, newest, after, most)
    return rows


def edge(row: dict[str, Any]) -> Edge:
    return row["date"], row["store_id"], row["product_id"]


def _rows(
    question: DaysQuestion, from_day: date, last_day: date, after: Edge | None, most: int
) -> list[dict[str, Any]]:
    day, store, product = after or (None, None, None)
    params = {
        "organization": current_organization_id(),
        "from_day": from_day,
        "last_day": last_day,
        "stores": question.store_ids,
        "products": question.product_ids,
        "edge_day": day,
        "edge_store": store,
        "edge_product": product,
        "most": most,
    }
    return sql.rows(sql.statement(SQL / "sales_list.sql"), params)
