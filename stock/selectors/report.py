"""The movement report: what each balance held before, what moved, and what it holds after."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"


def add_movements(rows: list[dict[str, Any]], *, first_day: date, last_day: date) -> None:
    """Add opening, units_in, units_out, units_sold, closing and movements to rows of balances: one query a page."""
    balances = [{"store_id": row["store_id"], "product_id": row["product_id"]} for row in rows]
    params = {
        "organization": current_organization_id(),
        "balances": orjson.dumps(balances).decode(),
        "first_day": first_day,
        "last_day": last_day,
    }
    found = sql.rows(sql.statement(SQL / "movement_report.sql"), params)
    by_balance = {(row.pop("store_id"), row.pop("product_id")): row for row in found}
    for row in rows:
        row.update(by_balance[row["store_id"], row["product_id"]])
