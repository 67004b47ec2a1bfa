"""What may be set on a balance besides its quantities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import orjson

from audit import services as audit
from inventory_project.kernel import cache, records, sql
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import StaleVersion
from inventory_project.kernel.tenancy import current_organization_id
from stock.selectors.dashboard import DASHBOARD
from stock.services import ledger
from stock.services.watches import Place

SQL = Path(__file__).resolve().parent.parent / "sql"
# A store's own level of a product, and what the log calls a change of it. Units; None: the product's level counts.
OWN_LEVELS = {
    "reorder_level_override": "stock.reorder_level.changed",
    "order_up_to_override": "stock.order_up_to.changed",
}
LOCK = """
    SELECT s.store_id, s.product_id, s.reorder_level_override, s.order_up_to_override, s.version, p.sku
      FROM stock_stock s JOIN catalog_product p ON p.organization_id = s.organization_id AND p.id = s.product_id
     WHERE s.organization_id = %(organization)s AND s.id = %(stock)s
       FOR NO KEY UPDATE OF s
"""


def set_levels(
    *, stock_id: int, levels: Mapping[str, Decimal | None], acting_as: Actor, expected: records.Versions = None
) -> None:
    """Give one store its own reorder level or order-up-to level of a product, or (None) the product's again.

    `levels` names those to set (see OWN_LEVELS); a level it does not name stays as it is. Raises StaleVersion.
    """
    params = {"organization": current_organization_id(), "stock": stock_id}
    for held in sql.rows(LOCK, params):
        if expected is not None and held["version"] not in expected:
            raise StaleVersion()
        wanted = {name: levels.get(name, held[name]) for name in OWN_LEVELS}
        changed = [name for name in OWN_LEVELS if wanted[name] != held[name]]
        if not changed:
            return
        sql.rows(sql.statement(SQL / "set_levels.sql"), params | wanted)
        for name in changed:
            audit.record(
                OWN_LEVELS[name],
                acting_as=acting_as,
                object_type="stock",
                object_id=str(stock_id),
                object_label=held["sku"],
                store_id=held["store_id"],
                product_id=held["product_id"],
                before={name: held[name]},
                after={name: wanted[name]},
            )
    cache.forget_after_commit(DASHBOARD)


def open_empty(places: Sequence[Place], *, organization_id: int) -> None:
    """Put products on the list of stores that are to sell them and never held them: nothing on hand, out of stock. What
    is there already stays as it is. Outside a scope."""
    if not places:
        return
    wanted = [{"store": store, "product": product} for store, product in places]
    ledger.create_balances(orjson.dumps(wanted), organization_id=organization_id)
    cache.forget(DASHBOARD, organization_id=organization_id)
