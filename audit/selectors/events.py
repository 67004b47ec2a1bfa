"""One entry of the feed as everybody outside reads it: `GET /api/changes` and what is sent to webhooks alike."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from audit.models import AuditEntry
from audit.selectors.feed import cursor_of
from audit.selectors.logs import without_costs


def described(entry: AuditEntry, *, sees_costs: bool) -> dict[str, Any]:
    """Plain JSON values, in the order of the API's description; a test holds the two together."""

    def shown(facts: Any) -> Any:
        return facts if sees_costs else without_costs(facts)

    return {
        "cursor": str(cursor_of(entry)),
        "sequence": entry.sequence,
        "occurred_at": entry.occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "actor": {"id": entry.actor_id, "label": entry.actor_label},
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object_label": entry.object_label,
        "store_id": entry.store_id,
        "product_id": entry.product_id,
        "before": shown(entry.before),
        "after": shown(entry.after),
        "detail": shown(entry.detail),
        "request_id": entry.request_id,
        "chain": entry.chain,
        "block": entry.block,
    }
