"""What a Socket.IO client is told of an event, by the names it listens to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from inventory_project.kernel.access import Access
from live.events import Event

Message = tuple[str, dict[str, Any]]


def messages(event: Event, access: Access) -> Iterator[Message]:
    """Each with the cursor to come back with."""
    facts = event.told_to(access)
    common = {"store_id": event.store_id, "timestamp": facts["occurred_at"], "cursor": facts["cursor"]}
    if event.action == "stock.movement.applied":
        movement = {**common, **_movement(facts)}
        yield "inventory_update", movement
        if (event.kind or "").startswith("transfer_"):
            yield "transfer_update", {**movement, "transfer_id": None, "status": event.kind}
    elif event.action.startswith("stock.transfer."):
        yield "transfer_update", {**common, **_transfer(facts)}
    elif event.action.startswith("catalog.product."):
        yield "product_update", {**common, **_changed(facts), "product_id": facts["product_id"]}
    elif event.action.startswith("alert."):
        yield "alert_update", {**common, **_changed(facts), "product_id": facts["product_id"]}


def _movement(facts: dict[str, Any]) -> dict[str, Any]:
    detail = facts["detail"] or {}
    return {
        "product_id": facts["product_id"],
        "sku": facts["object_label"],
        "new_qty": (facts["after"] or {}).get("on_hand"),
        "previous_qty": (facts["before"] or {}).get("on_hand"),
        "quantity": detail.get("quantity"),
        "kind": detail.get("kind"),
        "reference": detail.get("reference"),
        "transaction_id": facts["object_id"],
    }


def _transfer(facts: dict[str, Any]) -> dict[str, Any]:
    detail = facts["detail"] or {}
    return {
        "transfer_id": facts["object_id"],
        "number": facts["object_label"],
        "status": (facts["after"] or {}).get("status"),
        "from_store": detail.get("from_store"),
        "to_store": detail.get("to_store"),
    }


def _changed(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "action": facts["action"],
        "id": facts["object_id"],
        "label": facts["object_label"],
        **{name: facts[name] for name in ("before", "after", "detail")},
    }
