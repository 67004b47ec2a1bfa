"""The movement report: what was held before, what moved, and what was held after; by balance, product or store.

Everywhere opening + in - out = closing. The opening is worked back from today's balance in the same statement that
reads it, so a late movement counts on its own day and movements that arrive meanwhile cannot make the sums disagree.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"
Row = dict[str, Any]
NOTHING = {"opening": 0, "units_in": 0, "units_out": 0, "units_sold": 0, "closing": 0, "movements": 0}
NO_KINDS: Row = {"in_by_kind": {}, "out_by_kind": {}}


@dataclass(frozen=True, slots=True)
class Range:
    """Business days, both included."""

    first_day: date
    last_day: date

    def params(self, **more: Any) -> Row:
        days = {"first_day": self.first_day, "last_day": self.last_day}
        return {"organization": current_organization_id(), **days, **more}


def add_movements(rows: list[Row], days: Range) -> None:
    """Add opening, units_in, units_out, units_sold, closing, movements and both by kind to rows of balances.

    One query a page. It reads every movement of these balances since the first day.
    """
    balances = [{"store_id": row["store_id"], "product_id": row["product_id"]} for row in rows]
    found = _ask("movement_report.sql", days.params(balances=orjson.dumps(balances).decode()))
    by_balance = {(row.pop("store_id"), row.pop("product_id")): row for row in found}
    for row in rows:
        row.update(by_balance[row["store_id"], row["product_id"]])


def add_product_movements(rows: list[Row], days: Range, *, store_ids: Collection[int] | None) -> None:
    """The same to rows of products (`id`), each over all of the stores. None: every store. One query a page."""
    stores = None if store_ids is None else list(store_ids)
    params = days.params(products=[row["id"] for row in rows], stores=stores)
    by_product = {row.pop("product_id"): row for row in _ask("movement_report_of_products.sql", params)}
    for row in rows:
        row.update(by_product.get(row["id"], NOTHING | NO_KINDS))


def add_store_movements(
    rows: list[Row], days: Range, *, store_ids: Collection[int] | None, by_kind: bool = False
) -> Row:
    """The same to rows of stores (`id`); answers the total over all of the stores, those on other pages too.

    From the figures every movement keeps. `by_kind` also reads the movements of these days.
    """
    stores = None if store_ids is None else list(store_ids)
    params = days.params(stores=stores, page=[row["id"] for row in rows])
    found: dict[int | None, Row] = {row.pop("store_id"): row for row in _ask("movement_report_of_stores.sql", params)}
    kinds: dict[int | None, Row] = {}
    if by_kind:
        kinds = {row.pop("store_id"): row for row in _ask("movements_by_kind.sql", params)}
    for row in [*rows, total := {"id": None}]:
        row.update(found.get(row["id"], NOTHING))
        if by_kind:
            row.update(kinds.get(row["id"], NO_KINDS))
    del total["id"]
    return total


def _ask(name: str, params: Row) -> list[Row]:
    rows = sql.rows(sql.statement(SQL / name), params)
    for row in rows:
        # The connection leaves jsonb as text.
        row.update({kinds: orjson.loads(row[kinds]) for kinds in NO_KINDS if kinds in row})
    return rows
