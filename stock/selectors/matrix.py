"""Products against stores: what each of some products is in each of some stores, side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Window

from stock.models import Stock


def columns(stores: Any, *, most: int) -> tuple[list[dict[str, Any]], int]:
    """The stores by name, at most so many; and how many there are in all."""
    rows = stores.annotate(chosen=Window(Count("id"))).order_by("name", "id")
    shown = list(rows.values("id", "code", "name", "region", "chosen")[:most])
    total = shown[0]["chosen"] if shown else 0
    for store in shown:
        del store["chosen"]
    return shown, total


def held(products: Any, store_ids: Collection[int], *, statuses: Sequence[str]) -> Any:
    """Those products that have a balance in one of the stores; with `statuses`, one that stands there."""
    balances = Stock.objects.filter(product_id=OuterRef("id"), store_id__in=store_ids)
    if statuses:
        balances = balances.filter(status__in=statuses)
    return products.filter(Exists(balances))


def add_cells(rows: list[dict[str, Any]], store_ids: Sequence[int]) -> None:
    """Give each product its cells in the stores' order (None: never held there) and their sums: one query a page."""
    balances = Stock.objects.filter(product_id__in=[row["id"] for row in rows], store_id__in=store_ids)
    fields = balances.values("store_id", "product_id", "on_hand", "status", available=Stock.available())
    cells = {(cell.pop("product_id"), cell["store_id"]): cell for cell in fields}
    for row in rows:
        row["cells"] = [cells.get((row["id"], store_id)) for store_id in store_ids]
        for measure in ("on_hand", "available"):
            row[measure] = sum(cell[measure] for cell in row["cells"] if cell)
