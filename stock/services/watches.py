"""Watched balances: two lines each, and a call when what is available is no longer between them.

For whoever above must hear of a few movements among very many. The lines are columns of the balance, so that a movement
inside them costs a comparison; a call is a row, written with the movement, so that none is lost (ADR 19).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"
Place = tuple[int, int]
"""Store id and product id."""

NEXT = """
    SELECT store_id, product_id FROM stock_stock
     WHERE organization_id = %(organization)s AND (store_id, product_id) > (%(store)s::bigint, %(product)s::bigint)
     ORDER BY store_id, product_id LIMIT %(most)s
"""


def take_calls(*, most: int) -> tuple[int, list[Place]]:
    """Take away the bound organisation's oldest calls: how many there were, and of which balances."""
    params = {"organization": current_organization_id(), "most": most}
    found = sql.rows(sql.statement(SQL / "take_calls.sql"), params)[0]
    return found["calls"], [(store, product) for store, product in found["places"]]


def after(place: Place, *, most: int) -> list[Place]:
    """The balances that follow this one, by store and product."""
    asked = {"organization": current_organization_id(), "store": place[0], "product": place[1], "most": most}
    return [(row["store_id"], row["product_id"]) for row in sql.rows(NEXT, asked)]


def hold(places: Sequence[Place]) -> None:
    """Hold the balances until commit; no movement changes them meanwhile."""
    sql.rows(sql.statement(SQL / "hold_balances.sql"), asked_for(places))


def set_lines(lines: Mapping[str, Any]) -> None:
    """Keep new lines: `stores`, `products`, `below`, `above` side by side. The balances are held by the caller."""
    if lines["stores"]:
        sql.rows(sql.statement(SQL / "set_lines.sql"), {"organization": current_organization_id(), **lines})


def asked_for(places: Sequence[Place]) -> dict[str, Any]:
    """The places as parameters of a statement."""
    return {
        "organization": current_organization_id(),
        "stores": [store for store, _ in places],
        "products": [product for _, product in places],
    }
