"""Reading movements: final ones from the ledger, waiting ones from their lane."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Value
from django.db.models.fields import CharField

from inventory_project.kernel.access import Access
from stock.choices import REJECTIONS, SIGNED, Kind, MovementStatus, rejected_fields
from stock.models import InboxMovement, StockMovement

COMMON = (
    "id",
    "store_id",
    "product_id",
    "kind",
    "quantity",
    "effective_at",
    "recorded_at",
    "actor_id",
    "source",
    "reference",
    "reason",
    "unit_price",
)
FINAL = (
    "status",
    "rejection",
    "balance_after",
    "applied_at",
    "applied_via",
    "unit_cost",
    "transfer_id",
    "reverses_id",
    "sequence",
    "held",
    "bucket",
)
NAMES = {
    "store_name": F("store__name"),
    "store_code": F("store__code"),
    "sku": F("product__sku"),
    "product_name": F("product__name"),
}


def final(access: Access) -> Any:
    """The ledger, as far as the caller may see it, as plain rows."""
    return _visible(StockMovement.objects.all(), access).values(*COMMON, *FINAL, **NAMES)


def waiting(access: Access) -> Any:
    """Accepted movements that wait in their lanes, as plain rows."""
    status = Value(MovementStatus.ACCEPTED, output_field=CharField())
    return _visible(InboxMovement.objects.all(), access).values(*COMMON, **NAMES, status=status)


def just_accepted(row: Mapping[str, Any], *, store: tuple[str, str], product: tuple[str, str]) -> dict[str, Any]:
    """What `waiting` would find of a movement that was accepted this moment, from the row itself."""
    price = row["unit_price"]
    return {
        "id": row["id"],
        "status": MovementStatus.ACCEPTED,
        "store_id": row["store"],
        "store_code": store[0],
        "store_name": store[1],
        "product_id": row["product"],
        "sku": product[0],
        "product_name": product[1],
        "kind": row["kind"],
        "quantity": Decimal(row["quantity"]),
        "effective_at": datetime.fromisoformat(row["effective_at"]),
        "recorded_at": datetime.fromisoformat(row["recorded_at"]),
        "actor_id": row["actor"],
        "source": row["source"],
        "reference": row["reference"],
        "reason": row["reason"],
        "unit_price": None if price is None else Decimal(price),
    }


def find(movement_id: str, access: Access) -> dict[str, Any] | None:
    """One movement wherever it is now."""
    # The lane first: a movement may become final between the two looks, never the other way.
    waits = waiting(access).filter(id=movement_id).first()
    found = waits or final(access).filter(id=movement_id).first()
    return found or None


def _visible(movements: Any, access: Access) -> Any:
    return movements if access.store_ids is None else movements.filter(store_id__in=access.store_ids)


def describe(row: dict[str, Any], *, sees_costs: bool) -> dict[str, Any]:
    """A row as the API shows it: `delta` is signed, `quantity` as it was submitted."""
    delta: Decimal = row["quantity"]
    # A hold adds nothing to the balance: what was submitted is what it adds to the bucket.
    said = delta or row.get("held") or delta
    signed = row["kind"] in SIGNED or row["kind"] == Kind.REVERSAL
    rejection = row.get("rejection", "")
    body = {
        "id": row["id"],
        "status": row["status"],
        "reason": REJECTIONS.get(rejection, rejection) if rejection else row["reason"],
        "rejection_code": rejection,
        "fields": rejected_fields(rejection),
        "note": row["reason"],
        "balance_after": row.get("balance_after"),
        "applied_via": row.get("applied_via"),
        "store": row["store_id"],
        "store_name": row["store_name"],
        "store_code": row["store_code"],
        "product": row["product_id"],
        "sku": row["sku"],
        "product_name": row["product_name"],
        "movement_type": row["kind"],
        "quantity": said if signed else abs(said),
        "delta": delta,
        "bucket": row.get("bucket"),
        "held": row.get("held"),
        "unit_price": row["unit_price"],
        "effective_at": row["effective_at"],
        "recorded_at": row["recorded_at"],
        "applied_at": row.get("applied_at"),
        "actor": row["actor_id"],
        "source": row["source"],
        "reference": row["reference"],
        "transfer_id": row.get("transfer_id"),
        "reverses_id": row.get("reverses_id"),
    }
    if sees_costs:
        body["unit_cost"] = row.get("unit_cost")
    return body
