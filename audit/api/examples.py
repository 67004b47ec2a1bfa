"""What answers look like, for the API's description."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_ENTRY: dict[str, Any] = {
    "sequence": 48213,
    "occurred_at": "2026-11-21T09:15:02.113Z",
    "actor": {"id": 7, "label": "amina"},
    "action": "catalog.product.updated",
    "object_type": "product",
    "object_id": "31",
    "object_label": "TEA-250",
    "store_id": None,
    "product_id": 31,
    "before": {"sale_price": 3.2},
    "after": {"sale_price": 3.5},
    "detail": None,
    "request_id": "5f0c2b9e6a8d4c1e9d53a1f0b7c6e214",
    "chain": 64,
    "block": 912,
}

ENTRY = OpenApiExample("a price was changed", value=_ENTRY, response_only=True)
CHANGES = OpenApiExample(
    "one change",
    value={"results": [{"cursor": "90211.48213", **_ENTRY}], "next": "90240.0", "has_more": False},
    response_only=True,
)
VERIFICATION = OpenApiExample(
    "a whole log",
    value={"is_whole": True, "entries": 48213, "blocks": 9120, "seconds": 0.81, "since": None, "problems": []},
    response_only=True,
)
