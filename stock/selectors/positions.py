"""What is coming to stores, and the inventory position: what is there and coming, less what is promised or on hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"
Place = tuple[int, int]


def on_order(
    store_ids: Collection[int] | None, product_ids: Collection[int] | None = None
) -> dict[Place, dict[str, Any]]:
    """Units on order from suppliers (`on_order`) and `next_expected_on`, by store and product: one query.

    On order is what was ordered, less what was received or cancelled, of orders that were sent. None asks for all
    stores, or all products.
    """
    found = sql.rows(sql.statement(SQL / "on_order.sql"), _asked(store_ids, product_ids))
    return {(row.pop("store_id"), row.pop("product_id")): row for row in found}


def add_on_order(rows: Sequence[dict[str, Any]]) -> None:
    """Add on_order to rows of balances: one query a page."""
    found = on_order({row["store_id"] for row in rows}, {row["product_id"] for row in rows}) if rows else {}
    for row in rows:
        coming = found.get((row["store_id"], row["product_id"]))
        row["on_order"] = coming["on_order"] if coming else 0


def inventory_positions(
    store_ids: Collection[int] | None, product_ids: Collection[int] | None = None
) -> list[dict[str, Any]]:
    """What a restock decision starts from, in order of store and product: one query.

    `inventory_position` = on_hand - reserved - on_hold + in_transit_in + on_order, in units.
    """
    return sql.rows(_position_statement(), _asked(store_ids, product_ids))


@lru_cache
def _position_statement() -> str:
    parts = (sql.statement(SQL / name) for name in ("in_transit.sql", "on_order.sql", "inventory_position.sql"))
    return "WITH transit AS ({}), ordered AS ({}) {}".format(*parts)


def _asked(store_ids: Collection[int] | None, product_ids: Collection[int] | None) -> dict[str, Any]:
    return {
        "organization": current_organization_id(),
        "stores": None if store_ids is None else list(store_ids),
        "products": None if product_ids is None else list(product_ids),
    }
