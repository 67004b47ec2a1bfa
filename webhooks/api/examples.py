"""What requests look like, for the API's description."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

NEW = OpenApiExample(
    "every change of stock of two stores",
    value={
        "url": "https://erp.example.com/onhand",
        "description": "ERP",
        "types": ["stock.movement.applied"],
        "stores": [3, 4],
    },
    request_only=True,
)
REPLAY = OpenApiExample("since yesterday noon", value={"since": "2026-11-20T12:00:00Z"}, request_only=True)
