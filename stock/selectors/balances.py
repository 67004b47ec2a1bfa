"""Reading balances: one query a page, whatever its size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import F

from inventory_project.kernel import sql
from inventory_project.kernel.access import Access
from inventory_project.kernel.tenancy import current_organization_id
from stock.choices import StockStatus
from stock.models import Stock

SQL = Path(__file__).resolve().parent.parent / "sql"
# What a list may be ordered by beside the balance's own columns.
ORDERS = {"available": Stock.available(), "sku": F("product__sku"), "product_name": F("product__name")}
NEEDING_ATTENTION = [StockStatus.OUT, StockStatus.LOW, StockStatus.NEGATIVE]


def visible_to(access: Access) -> Any:
    """The balances of the stores the caller may see."""
    balances = Stock.objects.all()
    return balances if access.store_ids is None else balances.filter(store_id__in=access.store_ids)


def as_rows(balances: Any) -> Any:
    """Balances as plain rows, with the names a person needs."""
    return balances.values(
        "id",
        "store_id",
        "product_id",
        "on_hand",
        "reserved",
        "on_hold",
        "on_hold_damaged",
        "on_hold_quality",
        "reorder_level",
        "reorder_level_override",
        "order_up_to",
        "order_up_to_override",
        "status",
        "updated_at",
        "version",
        available=Stock.available(),
        store_name=F("store__name"),
        store_code=F("store__code"),
        sku=F("product__sku"),
        product_name=F("product__name"),
        unit=F("product__unit"),
        category=F("product__category__name"),
        supplier=F("product__supplier__name"),
    )


def page_of(chosen: Any) -> list[dict[str, Any]]:
    """The rows of `as_rows`, with what is in transit and on order, of balances a cut queryset chooses: one statement.

    The queryset says which and in what order; what a row says of each is the same whatever was asked, so PostgreSQL
    has it planned already, and the ORM writes no join.
    """
    organization_id = current_organization_id()
    return sql.rows_of(sql.statement(SQL / "balances_page.sql"), chosen=chosen, organization=organization_id)


def needing_attention(access: Access) -> Any:
    """Balances at or below their reorder level, out, or below zero."""
    return visible_to(access).filter(status__in=NEEDING_ATTENTION)
