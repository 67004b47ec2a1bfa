"""What is reserved of balances: always the open units of their reservations, changed in the same transaction.

Everybody takes locks in one order: the reservation, then its balances by store and product, then the stores' figures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from pathlib import Path

import orjson

from inventory_project.kernel import cache, sql
from inventory_project.kernel.tenancy import current_organization_id
from stock.models import Stock
from stock.selectors.dashboard import DASHBOARD
from stock.services import listeners

SQL = Path(__file__).resolve().parent.parent / "sql"
Units = tuple[int, int, Decimal]
"""Store id, product id, and how many units are promised more (less, when negative)."""


def hold_available(store_id: int, product_ids: Collection[int]) -> dict[int, Decimal]:
    """Hold one store's balances until commit; what is available of each. A product it never held is not there."""
    balances = Stock.objects.select_for_update(no_key=True).filter(store_id=store_id, product_id__in=product_ids)
    return dict(balances.order_by("store_id", "product_id").values_list("product_id", Stock.available()))


def change(units: Iterable[Units]) -> None:
    """Promise units, or give them back; the balances are held until commit."""
    changes = [{"store": store, "product": product, "units": f"{number:f}"} for store, product, number in units]
    if not changes:
        return
    organization_id = current_organization_id()
    params = {"organization": organization_id, "changes": orjson.dumps(changes).decode()}
    sql.rows(sql.statement(SQL / "lock_balances.sql"), {**params, "balances": params["changes"]})
    if len(stores := {each["store"] for each in changes}) > 1:
        sql.rows(sql.statement(SQL / "lock_figures.sql"), {"organization": organization_id, "stores": list(stores)})
    sql.rows(sql.statement(SQL / "change_reserved.sql"), params)
    cache.forget_after_commit(DASHBOARD)
    listeners.a_balance_called()
