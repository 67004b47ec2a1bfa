"""The verbs that look: what is in stock, what happened, what is low."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from catalog import selectors as catalog
from catalog.models import Product
from stock.management.shop import names
from stock.management.shop.counter import Counter, instant
from stock.management.shop.output import Answer, money, signed
from stock.selectors import balances
from stock.selectors import movements as selectors
from stores.models import Store

MOST_ROWS = 10_000
STATUS = {"in_stock": "in stock"}
HEADINGS = {"reserved": "Reserved", "on_hold": "On hold"}


def show(counter: Counter, options: dict[str, Any]) -> Answer:
    """Balances: all, or those of the products that fit the words."""
    with counter.reading():
        found = _in_store(balances.visible_to(counter.access), options)
        if options["product"]:
            found = found.filter(product_id__in=_fitting(options["product"]))
        rows = list(balances.as_rows(found).order_by("product__name", "store__name")[:MOST_ROWS])
        prices = dict(
            Product.objects.filter(id__in={row["product_id"] for row in rows}).values_list("id", "sale_price")
        )
        several = _several_stores()
    # Columns that a small shop never needs stay away until it does.
    extra = [name for name in ("reserved", "on_hold") if any(row[name] for row in rows)]
    for row in rows:
        row["sale_price"] = prices[row["product_id"]]
    table = [
        [
            row["sku"],
            row["product_name"],
            *([row["store_name"]] if several else []),
            row["on_hand"],
            *[row[name] for name in extra],
            row["available"],
            row["reorder_level"],
            money(row["sale_price"]),
            STATUS.get(row["status"], row["status"]),
        ]
        for row in rows
    ]
    headings = ["SKU", "Product", *(["Store"] if several else []), "On hand", *[HEADINGS[name] for name in extra]]
    headings += ["Available", "Reorder at", "Price", ""]
    return Answer(rows, "" if rows else "Nothing in stock yet.", headings, table)


def _fitting(words: str) -> Any:
    """Products whose SKU, barcode or name has the words; raises Unclear, with the nearest, when none has."""
    found = catalog.matching(Product.objects.all(), words)
    return found.values("id") if found.exists() else [names.product(words).pk]


def _in_store(rows: Any, options: dict[str, Any]) -> Any:
    return rows.filter(store=names.store(options["store"])) if options["store"] else rows


def _several_stores() -> bool:
    return bool(Store.objects.filter(is_active=True).count() > 1)


def history(counter: Counter, options: dict[str, Any]) -> Answer:
    """Movements of one product, newest first, in the store's own time."""
    with counter.reading():
        product = names.product(options["product"])
        found = _in_store(selectors.final(counter.access).filter(product=product), options)
        if options["since"] is not None:
            found = found.filter(effective_at__gte=instant(options["since"], _clock_of(counter, options)))
        rows = list(found.order_by("-effective_at", "-sequence")[: options["limit"]])
        stores = Store.objects.filter(id__in={row["store_id"] for row in rows})
        zones = {store.pk: ZoneInfo(store.time_zone) for store in stores}
        several = _several_stores()
    described = [selectors.describe(row, sees_costs=True) for row in rows]
    table = [
        [
            row["effective_at"].astimezone(zones[row["store"]]).strftime("%Y-%m-%d %H:%M"),
            *([row["store_name"]] if several else []),
            row["movement_type"].replace("_", " "),
            signed(row["delta"]),
            row["balance_after"],
            money(row["unit_price"]),
            _remark(row),
        ]
        for row in described
    ]
    headings = ["When", *(["Store"] if several else []), "What", "Change", "On hand", "Price", "Note"]
    return Answer(described, "" if rows else f"Nothing happened to {product.sku} yet.", headings, table)


def _clock_of(counter: Counter, options: dict[str, Any]) -> Store:
    """Whose clock a time without an offset is on: the store's, else the organisation's."""
    if options["store"] or not _several_stores():
        return names.store(options["store"])
    return Store(time_zone=counter.organization.time_zone)


def _remark(row: dict[str, Any]) -> str:
    """Why it was refused, else what it did to goods on hold, the note and the reference."""
    if row["rejection_code"]:
        return f"rejected: {row['rejection_code'].replace('_', ' ')}"
    reference = "" if row["source"] == "transfer" else row["reference"]
    on_hold = f"({signed(row['held'])} {row['bucket']})" if row["bucket"] else ""
    return " ".join(part for part in (on_hold, row["note"], reference) if part)


def low(counter: Counter, options: dict[str, Any]) -> Answer:
    """Balances at or below their reorder level, with the units missing to it."""
    with counter.reading():
        found = _in_store(balances.needing_attention(counter.access), options)
        rows = list(balances.as_rows(found).order_by("product__name", "store__name")[:MOST_ROWS])
        several = _several_stores()
    for row in rows:
        row["missing"] = max(row["reorder_level"] - row["available"], Decimal(0))
    table = [
        [
            row["sku"],
            row["product_name"],
            *([row["store_name"]] if several else []),
            row["available"],
            row["reorder_level"],
            row["missing"],
            row["supplier"] or "",
            row["status"],
        ]
        for row in rows
    ]
    store = ["Store"] if several else []
    headings = ["SKU", "Product", *store, "Available", "Reorder at", "Missing", "Supplier", ""]
    return Answer(rows, "" if rows else "Nothing is low.", headings, table)


VERBS: dict[str, Callable[[Counter, dict[str, Any]], Answer]] = {"show": show, "history": history, "low": low}
