"""How long suppliers take, measured: from sending an order to its first units and to all of them, in days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from inventory_project.kernel import sql
from inventory_project.kernel.tenancy import current_organization_id

SQL = Path(__file__).resolve().parent.parent / "sql"
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Measured lead times in days. `first`: until the first units came in; `full`: until all that was ordered was
    there.

    Spread is the sample standard deviation, None of fewer than two measurements; damaged units count as arrived,
    rejected ones and reversed receipts do not. `last_days` is the most recent first arrival's.
    """

    first_count: int
    first_mean: float | None
    first_spread: float | None
    full_count: int
    full_mean: float | None
    full_spread: float | None
    last_days: float | None
    last_received_at: datetime | None


NOT_MEASURED = LeadTime(0, None, None, 0, None, None, None, None)


def by_supplier(
    *,
    store_ids: Collection[int] | None = None,
    supplier_ids: Collection[int] | None = None,
    since: datetime | None = None,
) -> dict[int, LeadTime]:
    """One measurement for each order that was received, by supplier: one query. None asks for all.

    `since` takes orders sent at that moment or later.
    """
    params = _asked(store_ids, supplier_ids, since)
    found = sql.rows(_statement("lead_times_of_suppliers.sql"), params)
    return {row.pop("supplier_id"): _measured(row) for row in found}


def by_supplier_and_product(
    *,
    store_ids: Collection[int] | None = None,
    supplier_ids: Collection[int] | None = None,
    product_ids: Collection[int] | None = None,
    since: datetime | None = None,
) -> dict[tuple[int, int], LeadTime]:
    """One measurement for each line that was received, by (supplier, product): one query. None asks for all."""
    params = {**_asked(store_ids, supplier_ids, since), "products": _list(product_ids)}
    found = sql.rows(_statement("lead_times_of_products.sql"), params)
    return {(row.pop("supplier_id"), row.pop("product_id")): _measured(row) for row in found}


@lru_cache
def _statement(name: str) -> str:
    return f"WITH {sql.statement(SQL / 'lead_times.sql')} {sql.statement(SQL / name)}"


def _asked(
    store_ids: Collection[int] | None, supplier_ids: Collection[int] | None, since: datetime | None
) -> dict[str, Any]:
    return {
        "organization": current_organization_id(),
        "stores": _list(store_ids),
        "suppliers": _list(supplier_ids),
        "since": since,
    }


def _list(ids: Collection[int] | None) -> list[int] | None:
    return None if ids is None else list(ids)


def _measured(row: dict[str, Any]) -> LeadTime:
    return LeadTime(**{name: _days(value) for name, value in row.items()})


def _days(value: Any) -> Any:
    return float(value.quantize(HUNDREDTH)) if isinstance(value, Decimal) else value
