"""What an organisation's sales were like, summed up: for whoever wants to tell more of the same."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"
AVAILABLE = """
    SELECT store_id, product_id, (on_hand - reserved - on_hold)::float AS available FROM stock_stock
     WHERE organization_id = %(organization)s AND store_id = ANY(%(stores)s::bigint[])
       AND product_id = ANY(%(products)s::bigint[])
"""


def by_weekday(*, today: date) -> list[dict[str, Any]]:
    """Days, units and squares by store, product and weekday, of open stores and listed products.

    From the sales histories; where there are none, from the daily sales of the ledger's last year.
    """
    params = {"organization": current_organization_id()}
    found = sql.rows(sql.statement(SQL / "sales_moments.sql"), params)
    return found or sql.rows(sql.statement(SQL / "daily_moments.sql"), {**params, "today": today})


def available(*, store_ids: Collection[int], product_ids: Collection[int]) -> dict[tuple[int, int], float]:
    """What may be sold now, by store and product; what never was there is not named."""
    given = {"stores": list(store_ids), "products": list(product_ids)}
    found = sql.rows(AVAILABLE, {"organization": current_organization_id(), **given})
    return {(row["store_id"], row["product_id"]): row["available"] for row in found}
