"""What is due to be counted, and how accurate the counts of a time were."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import clock, sql
from inventory_project.kernel.tenancy import current_organization_id
from stock.choices import ABC_DAYS, ABC_SHARES, CYCLE_DAYS
from stock.models import StockCount
from stock.models.counts import OPEN_STATES
from stock.selectors.counts import share

SQL = Path(__file__).resolve().parent.parent / "sql"
COSTS = ("overage_cost", "shortage_cost", "shrinkage_cost")
UNITS = ("overage_units", "shortage_units", "shrinkage_units", "book_units")
SUMMED = ("counts", "lines", "counted", "uncounted", "accurate", *UNITS)

Edge = tuple[Decimal, str, int]
"""Where a page of the due list begins: urgency, class and product of the row before it."""


def due(
    store_id: int,
    *,
    limit: int,
    after: Edge | None = None,
    of_class: str | None = None,
    due_only: bool = True,
    free_only: bool = False,
) -> list[dict[str, Any]]:
    """The store's products in the order in which they are to be counted; two queries, whatever the store holds."""
    now = clock.now()
    open_counts = StockCount.objects.filter(store_id=store_id, state__in=OPEN_STATES).values_list("id", flat=True)
    urgency, class_, product_id = after or (None, None, None)
    params = {
        "organization": current_organization_id(),
        "store": store_id,
        "open": list(open_counts),
        "first_day": now.date() - timedelta(days=ABC_DAYS),
        "a": ABC_SHARES["A"],
        "b": ABC_SHARES["B"],
        "cycle": orjson.dumps(CYCLE_DAYS).decode(),
        "now": now,
        "class": of_class,
        "due_only": due_only,
        "free_only": free_only,
        "after_urgency": urgency,
        "after_class": class_,
        "after_product": product_id,
        "limit": limit,
    }
    return sql.rows(sql.statement(SQL / "count_due.sql"), params)


def next_due(store_id: int, limit: int) -> list[int]:
    """The products to put on the next cycle count: due, and on no count that goes on."""
    return [row["product_id"] for row in due(store_id, limit=limit, free_only=True)]


def accuracy(store_ids: Collection[int] | None, *, first_day: date, last_day: date, sees_costs: bool) -> dict[str, Any]:
    """Posted counts by store, and all of them together; one query."""
    params = {
        "organization": current_organization_id(),
        "stores": None if store_ids is None else sorted(store_ids),
        "first_day": first_day,
        "last_day": last_day,
    }
    stores = sql.rows(sql.statement(SQL / "count_accuracy.sql"), params)
    for row in stores:
        _finish(row, sees_costs)
    summed = (*SUMMED, *COSTS) if sees_costs else SUMMED
    total: dict[str, Any] = {name: sum(row[name] for row in stores) for name in summed}
    total["accuracy"] = share(total["accurate"], total["counted"])
    return {"start_date": first_day, "end_date": last_day, "total": total, "stores": stores}


def _finish(row: dict[str, Any], sees_costs: bool) -> None:
    row["accuracy"] = share(row["accurate"], row["counted"])
    if not sees_costs:
        for name in COSTS:
            del row[name]
