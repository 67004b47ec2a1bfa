"""Reading balances: one query a page, whatever its size."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from inventory_project.kernel.access import Access
from stock.choices import StockStatus
from stock.models import Stock

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


def needing_attention(access: Access) -> Any:
    """Balances at or below their reorder level, out, or below zero."""
    return visible_to(access).filter(status__in=NEEDING_ATTENTION)
