"""The counters every room may bump; served at /metrics."""

from __future__ import annotations

from prometheus_client import Counter

MOVEMENTS = Counter("onhand_movements_total", "Stock movements by outcome", ["outcome", "via"])
