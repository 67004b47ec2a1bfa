"""What a screen asks for: a page of stock, the dashboard's figures; one client."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks import load
from tests.benchmarks.bench import ROUNDS, Bench, median, medians
from tests.benchmarks.report import Row, below, plain

REQUESTS = 300


def measure(bench: Bench) -> list[Row]:
    from inventory_project.kernel import cache
    from stock.selectors.dashboard import DASHBOARD

    organization_id = bench.dataset.organization_id
    connection = load.Connection(bench.running.port)

    def pages(path: str) -> list[bytes]:
        return [bench.request("GET", path.format(store=random.choice(bench.dataset.stores))) for _ in range(50)]

    def ask(requests: list[bytes], before: Callable[[], Any] = lambda: None) -> dict[str, Any]:
        return _ask(bench, connection, requests, before)

    def forget() -> None:
        cache.forget(DASHBOARD, organization_id=organization_id)

    dashboard = [bench.request("GET", "/api/reports/dashboard/")]
    of_store = ask(pages("/api/stocks/?store_id={store}&page_size=50"))
    of_all = ask(pages("/api/stocks/?page_size=50"))
    inventory = ask(pages("/api/inventory/?store_id={store}&page_size=50"))
    low = ask(pages("/api/reports/low-stock/?page_size=50"))
    ledger = ask(pages("/api/stock-movements/?store_id={store}&page_size=50"))
    cached, fresh = ask(dashboard), ask(dashboard, forget)
    return [
        below("Stock page of 50 of one store, p50", of_store["p50"], "ms", limit=5, **of_store["cpu"]),
        below("Stock page of 50 of all stores, p50", of_all["p50"], "ms", limit=5, **of_all["cpu"]),
        below("Inventory page of 50 of one store, p50", inventory["p50"], "ms", limit=5, **inventory["cpu"]),
        plain("Low stock, page of 50 of all stores, p50", low["p50"], "ms", **low["cpu"]),
        plain("Latest 50 movements of one store, p50", ledger["p50"], "ms", **ledger["cpu"]),
        below("Dashboard figures, remembered, p50", cached["p50"], "ms", limit=10, **cached["cpu"]),
        below("Dashboard figures, computed anew, p50", fresh["p50"], "ms", limit=10, **fresh["cpu"]),
    ]


def _ask(bench: Bench, connection: load.Connection, requests: list[bytes], before: Callable[[], Any]) -> dict[str, Any]:
    medians_seen, spent = [], []
    for _ in range(ROUNDS):
        meter = bench.meter()
        meter.start()
        times = []
        for number in range(REQUESTS):
            before()
            started = time.perf_counter()
            status, _body = connection.ask(requests[number % len(requests)])
            times.append((time.perf_counter() - started) * 1000)
            if status != 200:
                raise SystemExit(f"Unexpected answer: {status}")
        medians_seen.append(median(times))
        spent.append(meter.stop(REQUESTS))
    return {"p50": median(medians_seen), "cpu": medians(spent)}
