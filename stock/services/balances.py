"""What may be set on a balance besides its quantities."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from audit import services as audit
from inventory_project.kernel import cache, records, sql
from inventory_project.kernel.access import Actor
from inventory_project.kernel.errors import StaleVersion
from inventory_project.kernel.tenancy import current_organization_id
from stock.selectors.dashboard import DASHBOARD

SQL = Path(__file__).resolve().parent.parent / "sql"
LOCK = "SELECT version FROM stock_stock WHERE organization_id = %(organization)s AND id = %(stock)s FOR NO KEY UPDATE"


def set_reorder_level(
    *, stock_id: int, level: Decimal | None, acting_as: Actor, expected: records.Versions = None
) -> None:
    """Give one store its own reorder level of a product, or (None) the product's again. Raises StaleVersion."""
    params = {"organization": current_organization_id(), "stock": stock_id, "level": level}
    for held in sql.rows(LOCK, params):
        if expected is not None and held["version"] not in expected:
            raise StaleVersion()
    for changed in sql.rows(sql.statement(SQL / "set_reorder_level.sql"), params):
        audit.record(
            "stock.reorder_level.changed",
            acting_as=acting_as,
            object_type="stock",
            object_id=str(stock_id),
            object_label=changed["sku"],
            store_id=changed["store_id"],
            product_id=changed["product_id"],
            before={"reorder_level_override": changed["old_level"]},
            after={"reorder_level_override": level},
        )
    cache.forget_after_commit(DASHBOARD)
