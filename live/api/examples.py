"""What a stream looks like, for the API's description."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

# One event of the stream; `data` is JSON.
EVENT = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "event": {"type": "string"},
        "data": {"type": "string"},
        "retry": {"type": "integer"},
    },
}
_STREAM = """retry: 2113
id: 90240.0
event: connected
data: {"organization":3,"username":"amina","role":"admin","stores":null,"cursor":"90240.0"}

id: 90244.48214
data: {"cursor":"90244.48214","sequence":48214,"action":"stock.movement.applied","store_id":2,"product_id":31,…}

event: kpi
data: {"units":1203,"low_stock":4,"today":{"date":"2026-11-21","units_sold":17},…}

: still here
id: 90251.0

"""
STREAM = OpenApiExample("a sale, and the figures after it", value=_STREAM, response_only=True)
